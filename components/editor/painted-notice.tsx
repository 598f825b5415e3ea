'use client'

import { History, RotateCcw, Undo2 } from 'lucide-react'
import dynamic from 'next/dynamic'
import { Link } from '@/components/ui/link'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useEffect } from 'react'
import { readCanvasAddress } from '@/components/executions/execution-address'
import { Button, buttonClass } from '@/components/ui/button'
import { loadLater } from '@/components/ui/load-later'
import { toast } from '@/components/ui/notify'
import { messageOf } from '@/lib/editor/api-client'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { rerunExecution } from '@/lib/editor/execution-client'
import { backToLive, watchExecution } from '@/lib/editor/run'
import { useWatching } from './use-watching'
import { useCanEdit } from './workflow-context'

const CompareButton = dynamic(
  loadLater(() => import('@/components/executions/compare-button').then((module) => module.CompareButton)),
  { ssr: false },
)

/** Says on the canvas that what is painted there is an earlier execution, and what can be done with it. */
export function PaintedNotice() {
  const editor = useEditor()
  const signal = useWatching()
  const canEdit = useCanEdit()
  usePaintAsked(signal)
  const past = useEditorState(({ live }) => live.past)
  const executionId = useEditorState(({ live }) => live.executionId)
  const version = useEditorState(({ live }) => live.version)
  const drawnVersion = useEditorState(({ graph }) => graph.version)
  if (!past || executionId === null) return null
  const told = (work: Promise<void>) => void work.catch((error: unknown) => toast.error(messageOf(error)))
  const again = async () => watchExecution(editor, await rerunExecution(editor.workflowId, executionId), { signal })
  return (
    <section
      aria-label="Execution on the canvas"
      className="absolute inset-x-3 top-3 z-10 mx-auto flex w-fit flex-wrap items-center gap-x-2 gap-y-1 rounded-lg border border-border bg-card py-1.5 pr-1.5 pl-3 text-[13px] shadow-card"
    >
      <span role="status" className="mr-1 flex items-center gap-2">
        <History aria-hidden className="size-4 shrink-0 text-muted-foreground" />
        <span>
          Execution of {past.createdAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}
          {version !== null && version !== drawnVersion && (
            <span className="text-muted-foreground">, version {version}</span>
          )}
        </span>
      </span>
      {canEdit && (
        <Button onClick={() => told(again())}>
          <RotateCcw aria-hidden />
          Run again
        </Button>
      )}
      <CompareButton workflowId={editor.workflowId} executionId={executionId} />
      <Link href={`/workflows/${editor.workflowId}/executions/${executionId}`} className={buttonClass()}>
        Open
      </Link>
      <Button variant="primary" onClick={() => told(backToLive(editor, signal))}>
        <Undo2 aria-hidden />
        Back to live
      </Button>
    </section>
  )
}

/** Other pages have an execution painted by an address. */
function usePaintAsked(signal: AbortSignal): void {
  const editor = useEditor()
  const router = useRouter()
  const path = usePathname()
  const asked = readCanvasAddress(useSearchParams())
  useEffect(() => {
    if (asked === null) return
    watchExecution(editor, asked, { signal, isPast: true }).catch((error: unknown) => toast.error(messageOf(error)))
    router.replace(path, { scroll: false })
  }, [editor, router, path, asked, signal])
}

'use client'

import { Ban, CircleCheck, CircleX, LoaderCircle, TimerOff, Unplug, type LucideIcon } from 'lucide-react'
import { Badge, type Tone } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/notify'
import { messageOf } from '@/lib/editor/api-client'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import type { LiveSlice } from '@/lib/editor/editor-state'
import { cancelRun } from '@/lib/editor/run'

const looks: Record<Exclude<LiveSlice['status'], 'idle'>, { icon: LucideIcon; tone: Tone; word: string }> = {
  starting: { icon: LoaderCircle, tone: 'info', word: 'Starting' },
  queued: { icon: LoaderCircle, tone: 'info', word: 'Queued' },
  running: { icon: LoaderCircle, tone: 'info', word: 'Running' },
  completed: { icon: CircleCheck, tone: 'success', word: 'Completed' },
  failed: { icon: CircleX, tone: 'danger', word: 'Failed' },
  cancelled: { icon: Ban, tone: 'neutral', word: 'Cancelled' },
  timed_out: { icon: TimerOff, tone: 'danger', word: 'Timed out' },
  lost: { icon: Unplug, tone: 'warning', word: 'Connection lost' },
}

/** How the run on the canvas fares, read out as it changes, and the button that stops it. */
export function RunStatus() {
  const editor = useEditor()
  const status = useEditorState(({ live }) => live.status)
  const cancel = () => void cancelRun(editor).catch((error: unknown) => toast.error(messageOf(error)))
  return (
    <>
      <span role="status" aria-label="Run" className="text-[13px]">
        {status !== 'idle' && (
          <Badge icon={looks[status].icon} tone={looks[status].tone}>
            {looks[status].word}
          </Badge>
        )}
      </span>
      {(status === 'running' || status === 'queued') && (
        <Button className="h-7" onClick={cancel}>
          Cancel the run
        </Button>
      )}
    </>
  )
}

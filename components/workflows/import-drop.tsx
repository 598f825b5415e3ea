'use client'

import { FileUp } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/notify'
import { messageOf } from '@/lib/editor/api-client'

/** Makes workflows of files: chosen with the button, or dropped anywhere on the page. */
export function ImportDrop() {
  const router = useRouter()
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)
  const take = useEffectEvent((files: readonly File[]) => importAll(files, router))
  useEffect(() => {
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const over = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      setIsOver(true)
    }
    const leave = (event: DragEvent) => event.relatedTarget === null && setIsOver(false)
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      setIsOver(false)
      void take([...(event.dataTransfer?.files ?? [])])
    }
    window.addEventListener('dragover', over)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [])
  return (
    <>
      <Button title="Or drop a file anywhere on this page" onClick={() => input.current?.click()}>
        <FileUp aria-hidden />
        Import
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        accept=".json,application/json"
        aria-label="Workflow files"
        className="hidden"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])]
          event.currentTarget.value = ''
          void importAll(files, router)
        }}
      />
      {isOver && (
        <div className="pointer-events-none fixed inset-2 z-50 grid place-items-center rounded-lg border-2 border-dashed border-primary bg-background/80">
          <p className="text-sm font-semibold">Drop to import as workflows</p>
        </div>
      )}
    </>
  )
}

async function importAll(files: readonly File[], router: ReturnType<typeof useRouter>): Promise<void> {
  for (const file of files) await importOne(file, (path) => router.push(path))
  router.refresh()
}

async function importOne(file: File, open: (path: string) => void): Promise<void> {
  try {
    const { importWorkflow } = await import('@/lib/editor/workflow-files')
    const { id, name } = await importWorkflow(file)
    toast.success(`“${name}” is imported`, { action: { label: 'Open', onClick: () => open(`/workflows/${id}`) } })
  } catch (error) {
    toast.error(messageOf(error))
  }
}

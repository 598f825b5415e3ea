'use client'

import { Activity, Copy, Download, Ellipsis, PencilLine, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu'
import { toast } from '@/components/ui/notify'
import { messageOf } from '@/lib/editor/api-client'
import { deleteWithUndo } from './delete-with-undo'
import { EditWorkflow, type EditedWorkflow } from './edit-workflow'
import { saveFile } from './save-file'

/** What can be done with a workflow of the list. */
export function RowMenu({ workflow }: { workflow: EditedWorkflow }) {
  const router = useRouter()
  const [isEditing, setIsEditing] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const { id, name } = workflow
  const trying = (work: () => Promise<void>) => void work().catch((error: unknown) => toast.error(messageOf(error)))
  const duplicate = async () => {
    const { duplicateWorkflow } = await import('@/lib/editor/workflow-files')
    const copy = await duplicateWorkflow(id)
    router.refresh()
    toast.success(`“${name}” is duplicated`, {
      action: { label: 'Open', onClick: () => router.push(`/workflows/${copy}`) },
    })
  }
  const download = async () => {
    const { exportWorkflow } = await import('@/lib/editor/workflow-files')
    saveFile(await exportWorkflow(id))
  }
  return (
    <>
      <Menu
        trigger={
          <Button ref={button} variant="quiet" aria-label={`Actions for ${name}`} className="relative z-10 w-8 px-0">
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem icon={PencilLine} onSelect={() => setIsEditing(true)}>
          Rename and colour…
        </MenuItem>
        <MenuItem icon={Activity} onSelect={() => router.push(`/workflows/${id}/executions`)}>
          Executions
        </MenuItem>
        <MenuItem icon={Copy} onSelect={() => trying(duplicate)}>
          Duplicate
        </MenuItem>
        <MenuItem icon={Download} onSelect={() => trying(download)}>
          Export as a file
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={Trash2} tone="danger" onSelect={() => deleteWithUndo({ id, name }, () => router.refresh())}>
          Delete
        </MenuItem>
      </Menu>
      <EditWorkflow
        workflow={workflow}
        isOpen={isEditing}
        onOpenChange={setIsEditing}
        returnFocus={() => button.current?.focus()}
      />
    </>
  )
}

import { toast } from '@/components/ui/notify'
import { messageOf } from '@/lib/editor/api-client'
import { deletionSent, hideWorkflow, showWorkflow } from '@/lib/editor/pending-deletes'
import { deleteWorkflow } from '@/lib/editor/workflow-client'

const undoMs = 10_000

/** Hides a workflow at once, and deletes it when the time to undo is over. `onDeleted` reads the list anew. */
export function deleteWithUndo(workflow: { id: string; name: string }, onDeleted: () => void): void {
  const { id, name } = workflow
  let isSettled = false
  const send = async () => {
    if (isSettled) return
    isSettled = true
    try {
      await deleteWorkflow(id)
      deletionSent(id)
      onDeleted()
    } catch (error) {
      showWorkflow(id)
      toast.error(`“${name}” is still there. ${messageOf(error)}`)
    }
  }
  hideWorkflow(id)
  toast(`“${name}” is deleted`, {
    duration: undoMs,
    onAutoClose: () => void send(),
    onDismiss: () => void send(),
    action: {
      label: 'Undo',
      onClick: () => {
        isSettled = true
        showWorkflow(id)
      },
    },
  })
}

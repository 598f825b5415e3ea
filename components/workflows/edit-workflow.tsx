'use client'

import { useRouter } from 'next/navigation'
import { DialogForm } from '@/components/frame/dialog-form'
import { NameField } from '@/components/frame/name-field'
import { ColorDot } from '@/components/ui/color-dot'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { toast } from '@/components/ui/notify'
import { updateWorkflow } from '@/lib/editor/workflow-client'
import { workflowColors } from './colors'

export interface EditedWorkflow {
  id: string
  name: string
  description: string
  color: string | null
}

/** Changes name, description and colour of a workflow. */
export function EditWorkflow(props: {
  workflow: EditedWorkflow
  isOpen: boolean
  onOpenChange: (is: boolean) => void
  /** The menu it was opened from is gone when it closes. */
  returnFocus: () => void
}) {
  const { workflow, isOpen, onOpenChange, returnFocus } = props
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} returnFocus={returnFocus} title="Rename and colour">
      <EditForm workflow={workflow} onClose={() => onOpenChange(false)} />
    </Dialog>
  )
}

function EditForm({ workflow, onClose }: { workflow: EditedWorkflow; onClose: () => void }) {
  const router = useRouter()
  const save = async (form: FormData) => {
    await updateWorkflow(workflow.id, {
      name: textIn(form, 'name').trim(),
      description: textIn(form, 'description').trim(),
      color: textIn(form, 'color') || null,
    })
    toast.success('Saved')
    router.refresh()
    onClose()
  }
  return (
    <DialogForm action="Save" busyAction="Saving…" send={save} onCancel={onClose}>
      <NameField name="name" defaultValue={workflow.name} />
      <Field label="Description" name="description" defaultValue={workflow.description} autoComplete="off" />
      <fieldset>
        <legend className="text-[13px] font-medium">Colour</legend>
        <div className="mt-2 flex flex-wrap gap-1.5">
          {workflowColors.map(({ value, word }) => (
            <label
              key={word}
              className="inline-flex h-7 items-center gap-1.5 rounded-md border border-border px-2 text-xs has-checked:border-primary has-checked:bg-muted has-focus-visible:outline-2 has-focus-visible:outline-ring"
            >
              <input
                type="radio"
                name="color"
                value={value}
                defaultChecked={value === (workflow.color ?? '')}
                className="sr-only"
              />
              <ColorDot color={value} />
              {word}
            </label>
          ))}
        </div>
      </fieldset>
    </DialogForm>
  )
}

function textIn(form: FormData, key: string): string {
  const value = form.get(key)
  return typeof value === 'string' ? value : ''
}

'use client'

import { useRouter } from 'next/navigation'
import { useState, type SubmitEvent } from 'react'
import { Button } from '@/components/ui/button'
import { ColorDot } from '@/components/ui/color-dot'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { toast } from '@/components/ui/notify'
import { messageOf } from '@/lib/editor/api-client'
import { updateWorkflow } from '@/lib/editor/workflow-client'
import { maxNameChars } from '@/lib/limits'
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
}) {
  const { workflow, isOpen, onOpenChange } = props
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} title="Rename and colour">
      <EditForm workflow={workflow} onClose={() => onOpenChange(false)} />
    </Dialog>
  )
}

function EditForm({ workflow, onClose }: { workflow: EditedWorkflow; onClose: () => void }) {
  const router = useRouter()
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const save = async (form: FormData) => {
    setIsBusy(true)
    try {
      await updateWorkflow(workflow.id, {
        name: textIn(form, 'name').trim(),
        description: textIn(form, 'description').trim(),
        color: textIn(form, 'color') || null,
      })
      toast.success('Saved')
      router.refresh()
      onClose()
    } catch (error) {
      setProblem(messageOf(error))
      setIsBusy(false)
    }
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    void save(new FormData(event.currentTarget))
  }
  return (
    <form onSubmit={submit} className="mt-4">
      <Field
        label="Name"
        name="name"
        defaultValue={workflow.name}
        required
        pattern=".*\S.*"
        maxLength={maxNameChars}
        autoComplete="off"
      />
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
      <p role="alert" className="mt-3 min-h-5 text-[13px] text-danger">
        {problem}
      </p>
      <div className="mt-2 flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="primary" type="submit" disabled={isBusy}>
          {isBusy ? 'Saving…' : 'Save'}
        </Button>
      </div>
    </form>
  )
}

function textIn(form: FormData, key: string): string {
  const value = form.get(key)
  return typeof value === 'string' ? value : ''
}

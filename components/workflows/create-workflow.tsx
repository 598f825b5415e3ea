'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useId, useState } from 'react'
import { DialogForm } from '@/components/frame/dialog-form'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { createWorkflow } from '@/lib/editor/api-client'
import { templates } from '@/lib/editor/templates/templates'
import { maxNameChars } from '@/lib/limits'

/** The button that makes a new workflow: asks for its name and what to start from, creates it and opens it. */
export function CreateWorkflow() {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button variant="primary" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        <Plus aria-hidden />
        New workflow
      </Button>
      <CreateWorkflowDialog isOpen={isOpen} onOpenChange={setIsOpen} />
    </>
  )
}

/** The dialog alone, for whatever opens it. */
export function CreateWorkflowDialog(props: { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  const { isOpen, onOpenChange } = props
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} title="New workflow" width="wide">
      <CreateForm onClose={() => onOpenChange(false)} />
    </Dialog>
  )
}

function CreateForm({ onClose }: { onClose: () => void }) {
  const router = useRouter()
  const nameId = useId()
  const [name, setName] = useState('')
  // A name that somebody typed stays; until then it is the template's.
  const suggest = (title: string) => {
    if (name.trim() === '' || templates.some((template) => template.title === name)) setName(title)
  }
  const create = async (form: FormData) => {
    const id = await createFrom(String(form.get('template') ?? ''), name.trim())
    router.push(`/workflows/${id}`)
    onClose()
  }
  return (
    <DialogForm action="Create workflow" busyAction="Creating…" send={create} onCancel={onClose}>
      <label htmlFor={nameId} className="text-[13px] font-medium">
        Name
      </label>
      <input
        id={nameId}
        value={name}
        onChange={({ target }) => setName(target.value)}
        required
        pattern=".*\S.*"
        title="At least one character that is no blank"
        maxLength={maxNameChars}
        autoComplete="off"
        className="mt-1.5 h-9 w-full rounded-md border border-input bg-background px-2.5 text-[13px] focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring"
      />
      <TemplateChoice onChoose={suggest} />
    </DialogForm>
  )
}

function TemplateChoice({ onChoose }: { onChoose: (title: string) => void }) {
  return (
    <fieldset className="mt-4">
      <legend className="text-[13px] font-medium">Start from</legend>
      <div className="mt-1.5 grid gap-2 sm:grid-cols-2">
        {templates.map(({ id, title, about }, index) => (
          <label
            key={id}
            className="block rounded-md border border-border p-3 has-checked:border-primary has-checked:bg-muted has-focus-visible:outline-2 has-focus-visible:outline-ring"
          >
            <input
              type="radio"
              name="template"
              value={id}
              defaultChecked={index === 0}
              onChange={() => onChoose(index === 0 ? '' : title)}
              className="sr-only"
            />
            <span className="text-[13px] font-medium">{title}</span>
            <span className="mt-0.5 block text-xs text-muted-foreground">{about}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

async function createFrom(templateId: string, name: string): Promise<string> {
  const template = templates.find(({ id }) => id === templateId)
  if (!template || template === templates[0]) return (await createWorkflow({ name })).id
  const [graph, { mintCredentials }, { createWithGraph }] = await Promise.all([
    template.load(),
    import('@/lib/editor/webhook-credentials'),
    import('@/lib/editor/workflow-client'),
  ])
  return createWithGraph({ name, ...mintCredentials(graph) })
}

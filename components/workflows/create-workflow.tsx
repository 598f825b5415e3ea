'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { DialogForm } from '@/components/frame/dialog-form'
import { NameField } from '@/components/frame/name-field'
import { Button } from '@/components/ui/button'
import { ChoiceCard } from '@/components/ui/choice-card'
import { Dialog } from '@/components/ui/dialog'
import { createWorkflow } from '@/lib/editor/api-client'
import { templates } from '@/lib/editor/templates/templates'

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
      <NameField value={name} onChange={({ target }) => setName(target.value)} />
      <TemplateChoice onChoose={suggest} />
    </DialogForm>
  )
}

function TemplateChoice({ onChoose }: { onChoose: (title: string) => void }) {
  return (
    <fieldset>
      <legend className="text-[13px] font-medium">Start from</legend>
      <div className="mt-1.5 grid gap-2 sm:grid-cols-2">
        {templates.map(({ id, title, about }, index) => (
          <ChoiceCard
            key={id}
            title={title}
            about={about}
            name="template"
            value={id}
            defaultChecked={index === 0}
            onChange={() => onChoose(index === 0 ? '' : title)}
          />
        ))}
      </div>
    </fieldset>
  )
}

async function createFrom(templateId: string, name: string): Promise<string> {
  const template = templates.find(({ id }) => id === templateId)
  if (!template || template === templates[0]) return (await createWorkflow({ name })).id
  const [graph, { mintCredentials }, { createWithGraph }, { rememberInputs }] = await Promise.all([
    template.load(),
    import('@/lib/editor/webhook-credentials'),
    import('@/lib/editor/workflow-client'),
    import('@/lib/editor/last-inputs'),
  ])
  const id = await createWithGraph({ name, ...mintCredentials(graph) })
  if (template.example) rememberInputs(id, template.example, window.localStorage)
  return id
}

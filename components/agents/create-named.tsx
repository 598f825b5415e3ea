'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState, type SubmitEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { messageOf } from '@/lib/editor/api-client'
import { maxNameChars } from '@/lib/limits'

/** The button that makes something of which only the name is asked, and opens it. */
export function CreateNamed(props: {
  /** `agent`, `orchestration`. */
  thing: string
  description: string
  placeholder: string
  create: (name: string) => Promise<string>
  hrefOf: (id: string) => string
}) {
  const { thing, description } = props
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button variant="primary" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        <Plus aria-hidden />
        New {thing}
      </Button>
      <Dialog isOpen={isOpen} onOpenChange={setIsOpen} title={`New ${thing}`} description={description}>
        <NameForm {...props} onClose={() => setIsOpen(false)} />
      </Dialog>
    </>
  )
}

function NameForm(props: Parameters<typeof CreateNamed>[0] & { onClose: () => void }) {
  const { thing, placeholder, create, hrefOf, onClose } = props
  const router = useRouter()
  const [isCreating, setIsCreating] = useState(false)
  const [problem, setProblem] = useState('')
  const make = async (name: string) => {
    setIsCreating(true)
    try {
      router.push(hrefOf(await create(name)))
    } catch (error) {
      setProblem(messageOf(error))
      setIsCreating(false)
    }
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    void make(String(new FormData(event.currentTarget).get('name') ?? '').trim())
  }
  return (
    <form onSubmit={submit} className="mt-4">
      <Field
        label="Name"
        name="name"
        placeholder={placeholder}
        required
        pattern=".*\S.*"
        title="At least one character that is no blank"
        maxLength={maxNameChars}
        autoComplete="off"
      />
      <p role="alert" className="min-h-5 text-[13px] text-danger">
        {problem}
      </p>
      <div className="mt-2 flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="primary" type="submit" disabled={isCreating}>
          {isCreating ? 'Creating…' : `Create ${thing}`}
        </Button>
      </div>
    </form>
  )
}

'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { DialogForm } from '@/components/frame/dialog-form'
import { NameField } from '@/components/frame/name-field'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'

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
  const make = async (form: FormData) => {
    const id = await create(String(form.get('name') ?? '').trim())
    router.push(hrefOf(id))
  }
  return (
    <DialogForm action={`Create ${thing}`} busyAction="Creating…" send={make} onCancel={onClose}>
      <NameField name="name" placeholder={placeholder} />
    </DialogForm>
  )
}

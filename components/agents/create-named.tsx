'use client'

import { useRouter } from 'next/navigation'
import { DialogButton } from '@/components/frame/dialog-button'
import { DialogForm } from '@/components/frame/dialog-form'
import { NameField } from '@/components/frame/name-field'

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
  return (
    <DialogButton word={`New ${thing}`} isNew title={`New ${thing}`} description={description}>
      {(close) => <NameForm {...props} onClose={close} />}
    </DialogButton>
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

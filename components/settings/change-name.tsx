'use client'

import { useRouter } from 'next/navigation'
import { DialogButton } from '@/components/frame/dialog-button'
import { DialogForm } from '@/components/frame/dialog-form'
import { Field } from '@/components/ui/field'
import { toast } from '@/components/ui/notify'
import { updateProfile } from '@/lib/editor/settings-client'
import { maxNameChars } from '@/lib/limits'

/** The button that gives the signed-in person another name. */
export function ChangeName({ name }: { name: string }) {
  return (
    <DialogButton word="Change" label="Change name" title="Your name">
      {(close) => <NameForm name={name} onClose={close} />}
    </DialogButton>
  )
}

function NameForm({ name, onClose }: { name: string; onClose: () => void }) {
  const router = useRouter()
  const rename = async (form: FormData) => {
    await updateProfile(String(form.get('name') ?? ''))
    toast.success('Your name is changed')
    router.refresh()
    onClose()
  }
  return (
    <DialogForm action="Save" busyAction="Saving…" send={rename} onCancel={onClose}>
      <Field label="Name (optional)" name="name" autoComplete="name" maxLength={maxNameChars} defaultValue={name} />
    </DialogForm>
  )
}

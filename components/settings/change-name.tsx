'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { DialogForm } from '@/components/frame/dialog-form'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { toast } from '@/components/ui/notify'
import { updateProfile } from '@/lib/editor/settings-client'
import { maxNameChars } from '@/lib/limits'

/** The button that gives the signed-in person another name. */
export function ChangeName({ name }: { name: string }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button variant="quiet" aria-haspopup="dialog" aria-label="Change name" onClick={() => setIsOpen(true)}>
        Change
      </Button>
      <Dialog isOpen={isOpen} onOpenChange={setIsOpen} title="Your name">
        <NameForm name={name} onClose={() => setIsOpen(false)} />
      </Dialog>
    </>
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

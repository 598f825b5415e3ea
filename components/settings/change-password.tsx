'use client'

import { useState } from 'react'
import { DialogForm } from '@/components/frame/dialog-form'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { toast } from '@/components/ui/notify'
import { FormProblem } from '@/lib/editor/api-client'
import { changePassword } from '@/lib/editor/settings-client'
import { maxPasswordChars, minPasswordChars } from '@/lib/limits'

/** The button that gives the signed-in person another password. */
export function ChangePassword({ email }: { email: string }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button variant="quiet" aria-haspopup="dialog" aria-label="Change password" onClick={() => setIsOpen(true)}>
        Change
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title="Change password"
        description="Wherever else you are signed in, you are signed out. Your API keys stay valid."
      >
        <PasswordForm email={email} onClose={() => setIsOpen(false)} />
      </Dialog>
    </>
  )
}

function PasswordForm({ email, onClose }: { email: string; onClose: () => void }) {
  const change = async (form: FormData) => {
    const [current = '', next = '', again = ''] = ['current', 'next', 'again'].map((name) => String(form.get(name)))
    if (next !== again) throw new FormProblem('The new password is not the same both times.')
    await changePassword({ current, next })
    toast.success('Your password is changed. Other sessions have ended')
    onClose()
  }
  const rule = { type: 'password', required: true, maxLength: maxPasswordChars } as const
  const fresh = { ...rule, minLength: minPasswordChars, autoComplete: 'new-password' }
  return (
    <DialogForm action="Change password" busyAction="Changing…" send={change} onCancel={onClose}>
      {/* Tells a password manager whose password it is. */}
      <input hidden readOnly autoComplete="username" value={email} />
      <Field label="Current password" name="current" autoComplete="current-password" {...rule} />
      <Field label="New password" name="next" hint={`At least ${minPasswordChars} characters.`} {...fresh} />
      <Field label="New password again" name="again" {...fresh} />
    </DialogForm>
  )
}

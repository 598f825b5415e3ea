'use client'

import { DialogButton } from '@/components/frame/dialog-button'
import { DialogForm } from '@/components/frame/dialog-form'
import { Field } from '@/components/ui/field'
import { toast } from '@/components/ui/notify'
import { FormProblem } from '@/lib/editor/api-client'
import { changePassword } from '@/lib/editor/settings-client'
import { maxPasswordChars, minPasswordChars } from '@/lib/limits'

/** The button that gives the signed-in person another password. */
export function ChangePassword({ email }: { email: string }) {
  return (
    <DialogButton
      word="Change"
      label="Change password"
      title="Change password"
      description="Wherever else you are signed in, you are signed out. Your API keys stay valid."
    >
      {(close) => <PasswordForm email={email} onClose={close} />}
    </DialogButton>
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

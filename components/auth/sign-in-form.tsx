'use client'

import { AuthForm } from './auth-form'
import { Field } from '@/components/ui/field'
import { signIn } from '@/lib/editor/api-client'

/** Asks for e-mail and password. */
export function SignInForm() {
  return (
    <AuthForm
      action="Sign in"
      busyAction="Signing in…"
      send={(text) => signIn({ email: text('email'), password: text('password') })}
    >
      <Field label="E-mail" name="email" type="email" autoComplete="username" required autoFocus />
      <Field label="Password" name="password" type="password" autoComplete="current-password" required />
    </AuthForm>
  )
}

'use client'

import { AuthForm } from './auth-form'
import { Field } from '@/components/ui/field'
import { signIn } from '@/lib/editor/api-client'

/** Asks for e-mail and password, then goes on to `next`. */
export function SignInForm({ next }: { next: string }) {
  return (
    <AuthForm
      action="Sign in"
      busyAction="Signing in…"
      next={next}
      send={(text) => signIn({ email: text('email'), password: text('password') })}
    >
      <Field label="E-mail" name="email" type="email" autoComplete="username" required autoFocus />
      <Field label="Password" name="password" type="password" autoComplete="current-password" required />
    </AuthForm>
  )
}

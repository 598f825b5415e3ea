'use client'

import { AuthForm } from './auth-form'
import { Field } from '@/components/ui/field'
import { createOwner, signIn } from '@/lib/editor/api-client'
import { maxNameChars, maxPasswordChars, minPasswordChars } from '@/lib/limits'

/** Asks for the owner's account, creates it and signs the person in. */
export function FirstRunForm({ asksForCode }: { asksForCode: boolean }) {
  const create = async (text: (field: string) => string) => {
    const account = { email: text('email'), password: text('password') }
    await createOwner({ ...account, name: text('name'), ...(asksForCode && { code: text('code') }) })
    await signIn(account)
  }
  return (
    <AuthForm action="Create owner" busyAction="Creating…" send={create}>
      {asksForCode && (
        <Field
          label="One-time code"
          name="code"
          hint="The server printed it when it started."
          autoComplete="off"
          spellCheck={false}
          required
          autoFocus
        />
      )}
      <Field
        label="Name (optional)"
        name="name"
        autoComplete="name"
        maxLength={maxNameChars}
        autoFocus={!asksForCode}
      />
      <Field label="E-mail" name="email" type="email" autoComplete="username" required />
      <Field
        label="Password"
        name="password"
        type="password"
        hint={`At least ${minPasswordChars} characters.`}
        minLength={minPasswordChars}
        maxLength={maxPasswordChars}
        autoComplete="new-password"
        required
      />
    </AuthForm>
  )
}

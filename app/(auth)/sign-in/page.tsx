import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignInForm } from '@/components/auth/sign-in-form'
import { readFirstRun } from '@/lib/operations/read-first-run'
import { redirectSignedIn } from '../visitor'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage() {
  await redirectSignedIn()
  if ((await readFirstRun()).isOpen) redirect('/first-run')
  return (
    <>
      <h1 className="mb-5 text-base font-semibold">Sign in</h1>
      <SignInForm />
    </>
  )
}

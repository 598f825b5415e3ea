import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { readNext } from '@/components/auth/next-address'
import { SignInForm } from '@/components/auth/sign-in-form'
import { readFirstRun } from '@/lib/operations/read-first-run'
import { redirectSignedIn } from '../visitor'

export const metadata: Metadata = { title: 'Sign in' }

type Search = Record<string, string | string[] | undefined>

export default async function SignInPage({ searchParams }: { searchParams: Promise<Search> }) {
  await redirectSignedIn()
  if ((await readFirstRun()).isOpen) redirect('/first-run')
  return (
    <>
      <h1 className="mb-5 text-base font-semibold">Sign in</h1>
      <SignInForm next={readNext((await searchParams)['next'])} />
    </>
  )
}

import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { FirstRunForm } from '@/components/auth/first-run-form'
import { readFirstRun } from '@/lib/operations/read-first-run'
import { redirectSignedIn } from '../visitor'

export const metadata: Metadata = { title: 'First run' }

export default async function FirstRunPage() {
  await redirectSignedIn()
  const firstRun = await readFirstRun()
  if (!firstRun.isOpen) redirect('/sign-in')
  return (
    <>
      <h1 className="text-base font-semibold">Create the owner</h1>
      <p className="mt-1 mb-5 text-[13px] text-pretty text-muted-foreground">
        This installation is new. Its owner sees and may do everything; this page closes once the account exists.
      </p>
      <FirstRunForm asksForCode={firstRun.asksForCode} />
    </>
  )
}

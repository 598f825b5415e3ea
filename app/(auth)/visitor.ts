import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { principalOfSession } from '@/lib/auth/session'

/** Sends whoever is signed in already to the studio. */
export async function redirectSignedIn(): Promise<void> {
  const cookie = (await headers()).get('cookie')
  if (await principalOfSession(cookie)) redirect('/')
}

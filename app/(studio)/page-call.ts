import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { askedPathHeader, signInAddress } from '@/components/auth/next-address'
import { principalOfSession } from '@/lib/auth/session'
import type { Call } from '@/lib/contract/endpoint'

/** What a page calls an operation with: the signed-in person. Whoever is not signed in goes to the sign-in page, which
 *  leads back here and sends on to the first run while there is no owner. */
export async function pageCall<Params, Query>(asked: {
  params: Params
  query: Query
}): Promise<Call<Params, Query, null>> {
  const requestHeaders = await headers()
  const principal = await principalOfSession(requestHeaders.get('cookie'))
  if (!principal) redirect(signInAddress(requestHeaders.get(askedPathHeader)))
  return {
    ...asked,
    principal,
    body: null,
    request: {
      id: 'page',
      method: 'GET',
      // Pages call only operations that read; none of them looks at its own address.
      url: new URL('http://page/'),
      headers: requestHeaders,
      signal: new AbortController().signal,
      remoteAddress: null,
      readBytes: () => Promise.resolve(new Uint8Array()),
    },
  }
}

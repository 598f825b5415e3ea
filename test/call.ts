import type { Call } from '@/lib/contract/endpoint'
import { scopesOfRole, type Role } from '@/lib/contract/principal'

/** A call as `route()` would make it, by someone with that role and no account. */
export function callOf<Params extends object, Query = object, Body = object>(
  given: { params?: Params; query?: Query; body?: Body; role?: Role; headers?: Record<string, string> } = {},
): Call<Params, Query, Body> {
  return {
    principal: { kind: 'api_key', userId: null, keyId: null, scopes: scopesOfRole[given.role ?? 'owner'] },
    // Left out only where the operation reads none of it.
    params: given.params ?? ({} as Params),
    query: given.query ?? ({} as Query),
    body: given.body ?? ({} as Body),
    request: {
      id: 'test',
      method: 'POST',
      url: new URL('http://localhost/api/workflows'),
      headers: new Headers(given.headers),
      signal: new AbortController().signal,
      remoteAddress: null,
      readBytes: () => Promise.resolve(new Uint8Array()),
    },
  }
}

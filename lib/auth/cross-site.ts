import 'server-only'

interface BrowserRequest {
  method: string
  headers: Headers
  url: string | URL
}

/** Tells whether another site's page made a browser send a request that can change something. Cookies ride along with
 *  such requests when only the port differs (`SameSite` ignores ports), so the cookie's own guard is not enough.
 *  Source: Fetch Metadata Request Headers, section 2; `Origin` for browsers that do not send them over plain http. */
export function isCrossSite(request: BrowserRequest): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false
  const site = request.headers.get('sec-fetch-site')
  if (site !== null) return site !== 'same-origin' && site !== 'none'
  const origin = request.headers.get('origin')
  if (origin === null) return false
  return !URL.canParse(origin) || new URL(origin).host !== hostOf(request)
}

/** The `Host` header; a browser's request always has one. */
function hostOf(request: BrowserRequest): string {
  return request.headers.get('host') ?? new URL(request.url).host
}

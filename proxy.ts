import { NextResponse, type NextRequest } from 'next/server'
import { askedPathHeader } from './components/auth/next-address'
import { isDevelopment } from './lib/env'

/** Gives every page its Content-Security-Policy: only scripts that carry this answer's nonce run, and nothing is loaded
 *  from, sent to or framed by another site. */
export function proxy(request: NextRequest): NextResponse {
  const policy = policyFor(btoa(crypto.randomUUID()))
  const headers = new Headers(request.headers)
  // Next reads the nonce from the request's policy and puts it on its own scripts.
  headers.set('content-security-policy', policy)
  headers.set(askedPathHeader, request.nextUrl.pathname + request.nextUrl.search)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

export const config = { matcher: '/((?!api/|_next/static|_next/image|favicon.ico|icon.svg).*)' }

function policyFor(nonce: string): string {
  return [
    `default-src 'self'`,
    // React's development build evaluates source to rebuild stack traces.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    // Elements are placed by style attributes (the canvas moves blocks so), which no nonce can allow.
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}

/** Header in which `proxy.ts` tells a page its own address, which Next does not. */
export const askedPathHeader = 'sluice-asked-path'

/** Address of the sign-in page that leads back to the page asked for. */
export function signInAddress(askedPath: string | null): string {
  const next = readNext(askedPath)
  return ['/', '/sign-in', '/first-run'].includes(next) ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`
}

/** Where to go after signing in: a path of ours, never another site. */
export function readNext(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/')) return '/'
  const here = 'http://here'
  if (!URL.canParse(next, here)) return '/'
  const { origin, pathname, search } = new URL(next, here)
  // `/.//site` begins with two slashes once its dots are gone: it would lead to another site.
  return origin === here && !pathname.startsWith('//') ? pathname + search : '/'
}

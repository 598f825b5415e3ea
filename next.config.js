/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Both roads take `/api/x/` as `/api/x`; a redirect would have no JSON body.
  skipTrailingSlashRedirect: true,
  // `npm run check` checks types, tests included. A build on somebody's machine does not repeat it.
  typescript: { ignoreBuildErrors: true },
  // In development Next would print each request with its query, `?token=` included.
  logging: { incomingRequests: false },
  // A page that is asked for without a connection is waited for; otherwise the browser's own error page replaces ours.
  experimental: { useOffline: true },
  serverExternalPackages: [
    '@node-rs/argon2',
    '@prisma/client',
    'pg',
    'pino',
    'pyodide',
    'quickjs-emscripten',
    'undici',
  ],
  headers: () => Promise.resolve([{ source: '/:path*', headers: pageHeaders }]),
}

// Pages are never framed by another site, and no address of ours (ids, `?token=`) travels to one.
const pageHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
]

export default config

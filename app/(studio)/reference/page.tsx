import { FileJson } from 'lucide-react'
import type { Metadata } from 'next'
import { ApiReference } from '@/components/reference/api-reference'
import { buttonClass } from '@/components/ui/button'
import { errorCodes } from '@/lib/contract/api-document'
import { readApiDocument } from '@/lib/operations/read-api-document'
import { pageCall } from '../page-call'

export const metadata: Metadata = { title: 'API reference' }

export default async function ReferencePage() {
  await pageCall({ params: {}, query: {} })
  return (
    <main className="mx-auto w-full max-w-6xl px-6 py-8">
      <div className="mb-5 flex items-start justify-between gap-4">
        <div>
          <h1 className="text-lg font-semibold">API reference</h1>
          <p className="mt-1 max-w-2xl text-[13px] text-muted-foreground">
            Everything the studio does can be done over HTTP with an API key. Below, <code>$SLUICE</code> is the address
            of this installation and <code>$KEY</code> a key from Settings.
          </p>
        </div>
        <a href="/api/openapi.json" className={buttonClass('outline')}>
          <FileJson aria-hidden />
          OpenAPI document
        </a>
      </div>
      <section aria-labelledby="errors" className="mb-8 rounded-lg border border-border bg-card px-4 py-3 shadow-card">
        <h2 id="errors" className="text-sm font-semibold">
          Errors
        </h2>
        <p className="mt-1 text-[13px] text-muted-foreground">
          Every answer but a success is <code>{'{"error", "error_code"}'}</code>; 401 has <code>error</code> alone.
        </p>
        <dl className="mt-3 grid gap-x-6 gap-y-1 font-mono text-xs sm:grid-cols-2 lg:grid-cols-3">
          {errorCodes.map(([code, status]) => (
            <div key={code} className="flex gap-3">
              <dt className="order-2">{code}</dt>
              <dd className="text-muted-foreground tabular-nums">{status}</dd>
            </div>
          ))}
        </dl>
      </section>
      <ApiReference document={readApiDocument()} />
    </main>
  )
}

import type { ReactNode } from 'react'
import { ShieldCheck } from 'lucide-react'
import { EmptyState } from '@/components/ui/empty-state'
import { cellClass, HeaderCells, Table } from '@/components/ui/table'
import type { AllowedHost } from '@/lib/contract/outbound'
import { maxOutboundResponseBytes, maxRedirects } from '@/lib/limits'

const headers = ['Entry', 'Lets through', 'Port']
const megabyte = 1024 * 1024

/** What the guard of outbound calls lets through, and how an operator changes that. */
export function OutboundRules({ allowed }: { allowed: readonly AllowedHost[] }) {
  return (
    <div className="space-y-6 text-[13px]">
      {allowed.length > 0 ? (
        <Table caption="Private hosts that may be called" head={<HeaderCells titles={headers} />}>
          {allowed.map(({ entry, kind, port }) => (
            <tr key={entry}>
              <th scope="row" className={`${cellClass} font-mono text-xs font-medium`}>
                {entry}
              </th>
              <td className={`${cellClass} text-muted-foreground`}>
                {kind === 'name' ? 'Whatever this name resolves to' : 'These addresses'}
              </td>
              <td className={`${cellClass} text-muted-foreground`}>{port ?? 'Every port'}</td>
            </tr>
          ))}
        </Table>
      ) : (
        <div className="rounded-lg border border-border bg-card shadow-card">
          <EmptyState icon={ShieldCheck} title="No private host may be called">
            Graphs reach the public internet only. Name a host in SLUICE_ALLOW_PRIVATE_HOSTS to open the way to it.
          </EmptyState>
        </div>
      )}
      <Part title="How to change it">
        <p>
          Set <Code>SLUICE_ALLOW_PRIVATE_HOSTS</Code> for the server and restart it. The list is read at the start only,
          so that nobody who can edit a workflow can open a network.
        </p>
        <pre
          tabIndex={0}
          aria-label="An example"
          className="mt-2 overflow-x-auto rounded-md border border-border bg-background p-2.5 font-mono text-xs focus-visible:outline-2 focus-visible:outline-ring"
        >
          SLUICE_ALLOW_PRIVATE_HOSTS=erp.internal:8443,10.20.0.0/16,192.168.1.7,[fd00::12]:80
        </pre>
        <p className="mt-2">A comma between entries: host names, addresses or networks, each with a port or without.</p>
      </Part>
      <Part title="What always holds">
        <ul className="list-disc space-y-1 pl-5">
          <li>
            Loopback, private, link-local and reserved addresses are refused, cloud metadata services included. The
            address a name resolves to is the one that is checked and connected to.
          </li>
          <li>
            At most {maxRedirects} redirects, each checked again; answers of at most{' '}
            {maxOutboundResponseBytes / megabyte} MiB.
          </li>
          <li>The addresses of model providers are named by the operator or an owner, and reached all the same.</li>
        </ul>
      </Part>
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="max-w-2xl">
      <h2 className="mb-1 font-semibold">{title}</h2>
      <div className="text-muted-foreground">{children}</div>
    </section>
  )
}

function Code({ children }: { children: ReactNode }) {
  return <code className="font-mono text-xs text-foreground">{children}</code>
}

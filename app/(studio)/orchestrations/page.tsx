import { Network } from 'lucide-react'
import type { Metadata } from 'next'
import { PageLinks } from '@/components/agents/page-links'
import { CreateOrchestration } from '@/components/orchestrations/create-orchestration'
import { OrchestrationTable } from '@/components/orchestrations/orchestration-table'
import { EmptyState } from '@/components/ui/empty-state'
import { listOrchestrationsEndpoint } from '@/lib/contract/orchestrations'
import { listOrchestrations } from '@/lib/operations/orchestrations'
import { pageCall } from '../page-call'

export const metadata: Metadata = { title: 'Orchestrations' }

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function OrchestrationsPage({ searchParams }: PageProps) {
  const { offset } = await searchParams
  const asked = listOrchestrationsEndpoint.query.safeParse({ offset })
  const query = asked.success ? asked.data : listOrchestrationsEndpoint.query.parse({})
  const call = await pageCall({ params: {}, query })
  const canEdit = call.principal.scopes.includes('write')
  const { orchestrations, total } = await listOrchestrations(call)
  return (
    <main className="mx-auto w-full max-w-6xl px-6 py-8">
      <div className="mb-5 flex items-start justify-between gap-4">
        <div>
          <h1 className="text-lg font-semibold">Orchestrations</h1>
          <p className="mt-1 text-[13px] text-muted-foreground">
            Several agents on one task: supervised, one after the other, or side by side.
          </p>
        </div>
        {canEdit && orchestrations.length > 0 && <CreateOrchestration />}
      </div>
      {orchestrations.length > 0 ? (
        <>
          <OrchestrationTable orchestrations={orchestrations} now={new Date()} />
          <PageLinks path="/orchestrations" {...query} shown={orchestrations.length} total={total} />
        </>
      ) : (
        <EmptyState icon={Network} title="No orchestrations yet" action={canEdit && <CreateOrchestration />}>
          Let agents with different roles work on one task together, and use the whole as one block of a workflow.
        </EmptyState>
      )}
    </main>
  )
}

import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageHead } from '@/components/frame/page-head'
import { OrchestrationScreen } from '@/components/orchestrations/orchestration-screen'
import { isAppError } from '@/lib/contract/errors'
import { getOrchestrationEndpoint } from '@/lib/contract/orchestrations'
import { maxChoices, maxPageSize } from '@/lib/limits'
import { listAgents } from '@/lib/operations/list-agents'
import { getOrchestration } from '@/lib/operations/orchestrations'
import { pageCall } from '../../page-call'

export const metadata: Metadata = { title: 'Orchestration' }

export default async function OrchestrationPage({ params }: { params: Promise<{ id: string }> }) {
  const given = await params
  const call = await pageCall({ params: given, query: {} })
  const known = getOrchestrationEndpoint.params.safeParse(given)
  if (!known.success) notFound()
  const { scopes } = call.principal
  const [orchestration, agents] = await Promise.all([
    getOrchestration({ ...call, params: known.data }),
    everyAgent(call),
  ]).catch((error: unknown) => {
    if (isAppError(error) && error.code === 'NOT_FOUND') notFound()
    throw error
  })
  return (
    <main className="mx-auto w-full max-w-7xl px-6 py-6">
      <PageHead back={{ href: '/orchestrations', label: 'Back to all orchestrations' }} title={orchestration.name} />
      <OrchestrationScreen
        key={orchestration.id}
        orchestration={orchestration}
        agents={agents}
        canEdit={scopes.includes('write')}
        canRun={scopes.includes('run')}
      />
    </main>
  )
}

/** Whom there is to choose from, by name. */
async function everyAgent(call: Awaited<ReturnType<typeof pageCall>>): Promise<{ id: string; name: string }[]> {
  const found: { id: string; name: string }[] = []
  for (let offset = 0; offset < maxChoices; offset += maxPageSize) {
    const { agents } = await listAgents({ ...call, params: {}, query: { limit: maxPageSize, offset } })
    found.push(...agents.map(({ id, name }) => ({ id, name })))
    if (agents.length < maxPageSize) break
  }
  return found.sort((a, b) => a.name.localeCompare(b.name))
}

import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AgentScreen } from '@/components/agents/agent-screen'
import { PageHead } from '@/components/frame/page-head'
import { getAgentEndpoint } from '@/lib/contract/agents'
import { isAppError } from '@/lib/contract/errors'
import { listAgentSessions } from '@/lib/operations/agent-sessions'
import { getAgent } from '@/lib/operations/get-agent'
import { listProviders } from '@/lib/operations/list-providers'
import { pageCall } from '../../page-call'

export const metadata: Metadata = { title: 'Agent' }

export default async function AgentPage({ params }: { params: Promise<{ id: string }> }) {
  const given = await params
  const call = await pageCall({ params: given, query: {} })
  const known = getAgentEndpoint.params.safeParse(given)
  if (!known.success) notFound()
  const asked = { ...call, params: known.data }
  const { scopes } = call.principal
  const [agent, { sessions }, { providers }] = await Promise.all([
    getAgent(asked),
    listAgentSessions({ ...asked, query: { limit: 50, offset: 0 } }),
    scopes.includes('admin') ? listProviders() : { providers: [] },
  ]).catch((error: unknown) => {
    if (isAppError(error) && error.code === 'NOT_FOUND') notFound()
    throw error
  })
  const models = providers.flatMap(({ name, default_model: model, models: listed }) =>
    [model ?? [], Object.keys(listed)].flat().map((one) => `${name}/${one}`),
  )
  return (
    <main className="mx-auto w-full max-w-7xl px-6 py-6">
      <PageHead back={{ href: '/agents', label: 'Back to all agents' }} title={agent.name} />
      <AgentScreen
        key={agent.id}
        agent={agent}
        sessions={sessions}
        models={[...new Set(models)]}
        canEdit={scopes.includes('write')}
        canRun={scopes.includes('run')}
      />
    </main>
  )
}

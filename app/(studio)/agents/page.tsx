import { Bot } from 'lucide-react'
import type { Metadata } from 'next'
import { AgentTable } from '@/components/agents/agent-table'
import { CreateAgent } from '@/components/agents/create-agent'
import { PageLinks } from '@/components/agents/page-links'
import { EmptyState } from '@/components/ui/empty-state'
import { listAgentsEndpoint } from '@/lib/contract/agents'
import { listAgents } from '@/lib/operations/list-agents'
import { pageCall } from '../page-call'

export const metadata: Metadata = { title: 'Agents' }

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function AgentsPage({ searchParams }: PageProps) {
  const { offset } = await searchParams
  const asked = listAgentsEndpoint.query.safeParse({ offset })
  const query = asked.success ? asked.data : listAgentsEndpoint.query.parse({})
  const call = await pageCall({ params: {}, query })
  const canEdit = call.principal.scopes.includes('write')
  const { agents, total } = await listAgents(call)
  return (
    <main className="mx-auto w-full max-w-6xl px-6 py-8">
      <div className="mb-5 flex items-start justify-between gap-4">
        <div>
          <h1 className="text-lg font-semibold">Agents</h1>
          <p className="mt-1 text-[13px] text-muted-foreground">
            A language model with a prompt and tools, to be tried here and used by workflows and orchestrations.
          </p>
        </div>
        {canEdit && agents.length > 0 && <CreateAgent />}
      </div>
      {agents.length > 0 ? (
        <>
          <AgentTable agents={agents} now={new Date()} />
          <PageLinks path="/agents" {...query} shown={agents.length} total={total} />
        </>
      ) : (
        <EmptyState icon={Bot} title="No agents yet" action={canEdit && <CreateAgent />}>
          Give a model a role and tools: HTTP calls, code, your own workflows or an MCP server. Then talk to it.
        </EmptyState>
      )}
    </main>
  )
}

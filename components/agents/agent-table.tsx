import Link from 'next/link'
import { cellClass, headerCellClass, Table } from '@/components/ui/table'
import { TimeAgo } from '@/components/ui/time-ago'
import type { AgentItem } from '@/lib/contract/agents'

const headers = ['Name', 'Model', 'Tools', 'Changed']

/** The saved agents. */
export function AgentTable({ agents, now }: { agents: readonly AgentItem[]; now: Date }) {
  return (
    <Table
      caption="Agents"
      head={headers.map((title) => (
        <th key={title} scope="col" className={headerCellClass}>
          {title}
        </th>
      ))}
    >
      {agents.map((agent) => (
        <tr key={agent.id} className="hover:bg-muted/50">
          <th scope="row" className={`${cellClass} max-w-80 font-medium`}>
            <Link
              href={`/agents/${agent.id}`}
              className="block truncate rounded-sm hover:underline focus-visible:outline-2 focus-visible:outline-ring"
            >
              {agent.name}
            </Link>
            {agent.description !== '' && (
              <span className="block truncate text-xs font-normal text-muted-foreground">{agent.description}</span>
            )}
          </th>
          <td className={`${cellClass} font-mono text-xs`}>
            {agent.model ?? <span className="font-sans text-muted-foreground">Default model</span>}
          </td>
          <td className={`${cellClass} text-muted-foreground`}>{sayTools(agent)}</td>
          <td className={`${cellClass} text-muted-foreground`}>
            <TimeAgo at={agent.updated_at} now={now} />
          </td>
        </tr>
      ))}
    </Table>
  )
}

function sayTools({ tools }: AgentItem): string {
  if (tools.length === 0) return 'None'
  return tools.length === 1 ? '1 tool' : `${tools.length} tools`
}

import { cellClass, HeaderCells, Table } from '@/components/ui/table'
import { TimeAgo } from '@/components/ui/time-ago'
import type { AgentItem } from '@/lib/contract/agents'
import { NameCell } from './name-cell'

const headers = ['Name', 'Model', 'Tools', 'Updated']

/** The saved agents. */
export function AgentTable({ agents, now }: { agents: readonly AgentItem[]; now: Date }) {
  return (
    <Table caption="Agents" head={<HeaderCells titles={headers} />}>
      {agents.map((agent) => (
        <tr key={agent.id} className="hover:bg-muted/50">
          <NameCell href={`/agents/${agent.id}`} name={agent.name} description={agent.description} />
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

import { NameCell } from '@/components/agents/name-cell'
import { cellClass, HeaderCells, Table } from '@/components/ui/table'
import { TimeAgo } from '@/components/ui/time-ago'
import type { OrchestrationItem, Strategy } from '@/lib/contract/orchestrations'

const headers = ['Name', 'Strategy', 'Agents', 'Updated']
const strategyWords: Record<Strategy, string> = {
  supervisor: 'Supervisor',
  sequential: 'One after the other',
  parallel: 'Side by side',
}

/** The saved orchestrations. */
export function OrchestrationTable(props: { orchestrations: readonly OrchestrationItem[]; now: Date }) {
  const { orchestrations, now } = props
  return (
    <Table caption="Orchestrations" head={<HeaderCells titles={headers} />}>
      {orchestrations.map((orchestration) => (
        <tr key={orchestration.id} className="hover:bg-muted/50">
          <NameCell
            href={`/orchestrations/${orchestration.id}`}
            name={orchestration.name}
            description={orchestration.description}
          />
          <td className={cellClass}>{strategyWords[orchestration.strategy]}</td>
          <td className={`${cellClass} text-muted-foreground`}>{orchestration.entities.length}</td>
          <td className={`${cellClass} text-muted-foreground`}>
            <TimeAgo at={orchestration.updated_at} now={now} />
          </td>
        </tr>
      ))}
    </Table>
  )
}

import Link from 'next/link'
import { cellClass, headerCellClass, Table } from '@/components/ui/table'
import { TimeAgo } from '@/components/ui/time-ago'
import type { OrchestrationItem, Strategy } from '@/lib/contract/orchestrations'

const headers = ['Name', 'Strategy', 'Agents', 'Changed']
const strategyWords: Record<Strategy, string> = {
  supervisor: 'Supervisor',
  sequential: 'One after the other',
  parallel: 'Side by side',
}

/** The saved orchestrations. */
export function OrchestrationTable(props: { orchestrations: readonly OrchestrationItem[]; now: Date }) {
  const { orchestrations, now } = props
  return (
    <Table
      caption="Orchestrations"
      head={headers.map((title) => (
        <th key={title} scope="col" className={headerCellClass}>
          {title}
        </th>
      ))}
    >
      {orchestrations.map((orchestration) => (
        <tr key={orchestration.id} className="hover:bg-muted/50">
          <th scope="row" className={`${cellClass} max-w-80 font-medium`}>
            <Link
              href={`/orchestrations/${orchestration.id}`}
              className="block truncate rounded-sm hover:underline focus-visible:outline-2 focus-visible:outline-ring"
            >
              {orchestration.name}
            </Link>
            {orchestration.description !== '' && (
              <span className="block truncate text-xs font-normal text-muted-foreground">
                {orchestration.description}
              </span>
            )}
          </th>
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

import { Link } from '@/components/ui/link'
import { ColorDot } from '@/components/ui/color-dot'
import { TimeAgo } from '@/components/ui/time-ago'
import type { WorkflowRow } from '@/lib/contract/workflow-row'
import { recentExecutionsShown } from '@/lib/limits'
import { ExecutionBadge } from './execution-badge'
import { HidableRow } from './hidable-row'
import type { ListView } from './list-address'
import { RowMenu } from './row-menu'
import { SortHeader } from './sort-header'
import { Sparkline } from './sparkline'
import { StateBadge } from './state-badge'
import { TriggerKinds } from './trigger-kinds'

const plainHeader = 'px-3 py-2 font-medium whitespace-nowrap'
const cell = 'px-3 py-2.5 align-middle whitespace-nowrap'

/** The workflows of one page of the list. */
export function WorkflowTable({ rows, view, now }: { rows: readonly WorkflowRow[]; view: ListView; now: Date }) {
  return (
    <div className="overflow-x-auto rounded-lg border border-border bg-card shadow-card">
      <table className="w-full border-collapse text-left text-[13px]">
        <caption className="sr-only">Workflows</caption>
        <thead className="border-b border-border text-xs text-muted-foreground">
          <tr>
            <SortHeader view={view} sort="name" firstOrder="asc">
              Name
            </SortHeader>
            <th scope="col" className={plainHeader}>
              State
            </th>
            <th scope="col" className={plainHeader}>
              Starts by
            </th>
            <SortHeader view={view} sort="last_execution_at" firstOrder="desc">
              Last execution
            </SortHeader>
            <th scope="col" className={plainHeader}>
              Last {recentExecutionsShown}
            </th>
            <th scope="col" className={`${plainHeader} text-right`}>
              Version
            </th>
            <SortHeader view={view} sort="updated_at" firstOrder="desc">
              Updated
            </SortHeader>
            <td className={plainHeader} />
          </tr>
        </thead>
        <tbody className="divide-y divide-border">
          {rows.map((row) => (
            <Row key={row.id} row={row} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ row, now }: { row: WorkflowRow; now: Date }) {
  return (
    <HidableRow workflowId={row.id}>
      {/* It takes the room that the others leave, and no more: a long name moves no column. */}
      <th scope="row" className={`${cell} w-full max-w-0 min-w-36 font-normal`}>
        <Link
          href={`/workflows/${row.id}`}
          title={row.description ? `${row.name}\n${row.description}` : row.name}
          className="flex items-center gap-2 truncate rounded font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-md focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
        >
          <ColorDot color={row.color} />
          <span className="truncate">{row.name}</span>
        </Link>
        {row.description && <span className="block truncate text-xs text-muted-foreground">{row.description}</span>}
      </th>
      <td className={cell}>
        <StateBadge state={row.state} />
      </td>
      <td className={cell}>
        <TriggerKinds kinds={row.triggers} />
      </td>
      <td className={cell}>
        {row.lastExecution ? (
          <span className="flex items-center gap-2">
            <ExecutionBadge status={row.lastExecution.status} />
            <span className="text-muted-foreground">
              <TimeAgo at={row.lastExecution.at} now={now} />
            </span>
          </span>
        ) : (
          <span className="text-muted-foreground">Never run</span>
        )}
      </td>
      <td className={cell}>
        <Sparkline recent={row.recent} />
      </td>
      <td className={`${cell} text-right font-mono text-xs tabular-nums`}>{row.version}</td>
      <td className={`${cell} text-muted-foreground`}>
        <TimeAgo at={row.updatedAt} now={now} />
      </td>
      <td className="py-1 pr-2 text-right">
        <RowMenu workflow={{ id: row.id, name: row.name, description: row.description, color: row.color }} />
      </td>
    </HidableRow>
  )
}

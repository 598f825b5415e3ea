import { Link } from '@/components/ui/link'
import { cellClass, headerCellClass, Table } from '@/components/ui/table'

/** Workflows in the order of one figure; each leads to its executions. */
export function WorkflowRanking(props: {
  title: string
  figure: string
  rows: readonly { workflow_id: string; name: string; executions: number; value: string }[]
}) {
  const { title, figure, rows } = props
  return (
    <section>
      <h2 className="mb-2 text-[13px] font-semibold">{title}</h2>
      <Table
        caption={title}
        head={
          <>
            <th scope="col" className={headerCellClass}>
              Workflow
            </th>
            <th scope="col" className={`${headerCellClass} text-right`}>
              {figure}
            </th>
          </>
        }
      >
        {rows.map((row) => (
          <tr key={row.workflow_id}>
            <th scope="row" className={`${cellClass} max-w-64 truncate font-normal`}>
              <Link href={`/workflows/${row.workflow_id}/executions`} className="hover:underline">
                {row.name}
              </Link>
            </th>
            <td className={`${cellClass} text-right font-mono text-xs tabular-nums`}>{row.value}</td>
          </tr>
        ))}
        {rows.length === 0 && (
          <tr>
            <td colSpan={2} className={`${cellClass} text-muted-foreground`}>
              None in this time.
            </td>
          </tr>
        )}
      </Table>
    </section>
  )
}

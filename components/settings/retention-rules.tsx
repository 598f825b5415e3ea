import Form from 'next/form'
import { Button } from '@/components/ui/button'
import { SearchField } from '@/components/ui/search-field'
import { cellClass, HeaderCells, Table } from '@/components/ui/table'
import type { Retention, RetentionLimits } from '@/lib/contract/retention'
import { ChangeRetention } from './change-retention'

const headers = ['Workflow', 'Keeps']

/** What applies to the installation, and what each workflow says instead. */
export function RetentionRules(props: { retention: Retention; search: string; canEdit: boolean }) {
  const { retention, search, canEdit } = props
  const { standard, workflows, total } = retention
  return (
    <div className="space-y-6 text-[13px]">
      <section aria-labelledby="standard-title" className="rounded-lg border border-border bg-card p-4 shadow-card">
        <h2 id="standard-title" className="font-semibold">
          The installation
        </h2>
        <p className="mt-1">Every workflow that says nothing else keeps {sayKept(standard)}.</p>
        <p className="mt-1 text-muted-foreground">
          Set by <code className="font-mono text-xs">SLUICE_RETENTION_DAYS</code> and{' '}
          <code className="font-mono text-xs">SLUICE_RETENTION_COUNT</code> at the start of the server.
        </p>
      </section>
      <section aria-labelledby="own-title">
        <div className="mb-2 flex items-center justify-between gap-4">
          <h2 id="own-title" className="font-semibold">
            Workflows
          </h2>
          <Form action="/settings/retention" className="flex gap-2">
            <SearchField
              name="q"
              defaultValue={search}
              aria-label="Search workflows by name"
              placeholder="Search by name"
              className="w-56"
            />
            <Button type="submit">Search</Button>
          </Form>
        </div>
        {workflows.length === 0 ? (
          <p className="rounded-lg border border-border bg-card px-4 py-6 text-muted-foreground">
            {search === '' ? 'There are no workflows yet.' : `No workflow has “${search}” in its name.`}
          </p>
        ) : (
          <Table caption="Retention of each workflow" head={<HeaderCells titles={headers} hasActions />}>
            {workflows.map((workflow) => (
              <tr key={workflow.id}>
                <th scope="row" className={`${cellClass} max-w-80 truncate font-medium`}>
                  {workflow.name}
                </th>
                <td className={`${cellClass} text-muted-foreground`}>{sayOwn(workflow, standard)}</td>
                <td className={`${cellClass} text-right`}>{canEdit && <ChangeRetention workflow={workflow} />}</td>
              </tr>
            ))}
          </Table>
        )}
        {total > workflows.length && (
          <p className="mt-2 text-muted-foreground">
            {workflows.length} of {total} workflows. Search for another one by its name.
          </p>
        )}
      </section>
    </div>
  )
}

function sayOwn(own: RetentionLimits, standard: RetentionLimits): string {
  if (own.days === null && own.count === null) return 'As the installation'
  return sayKept({ days: own.days ?? standard.days, count: own.count ?? standard.count })
}

function sayKept({ days, count }: RetentionLimits): string {
  const parts = [
    ...(days === null ? [] : [days === 1 ? '1 day' : `${days} days`]),
    ...(count === null ? [] : [count === 1 ? 'the newest one' : `the newest ${count}`]),
  ]
  return parts.length === 0 ? 'all executions for ever' : `executions for ${parts.join(' and of those ')}`
}

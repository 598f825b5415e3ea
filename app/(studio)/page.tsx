import { SearchX, Workflow } from 'lucide-react'
import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { KeepFresh } from '@/components/frame/keep-fresh'
import { buttonClass } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { CreateWorkflow } from '@/components/workflows/create-workflow'
import { ImportDrop } from '@/components/workflows/import-drop'
import { defaultView, type ListView } from '@/components/workflows/list-address'
import { Pager } from '@/components/workflows/pager'
import { SearchBox } from '@/components/workflows/search-box'
import { StateFilter } from '@/components/workflows/state-filter'
import { WorkflowTable } from '@/components/workflows/workflow-table'
import { listWorkflowsQuery } from '@/lib/contract/workflows'
import { listWorkflowRows } from '@/lib/operations/list-workflow-rows'
import { pageCall } from './page-call'

export const metadata: Metadata = { title: 'Workflows' }

type Search = Record<string, string | string[] | undefined>

export default async function WorkflowsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const query = readQuery(await searchParams)
  const { rows, total } = await listWorkflowRows(await pageCall({ params: {}, query }))
  const view: ListView = {
    q: query.q,
    state: query.state ?? null,
    sort: query.sort,
    order: query.order,
    offset: query.offset,
  }
  const isEmpty = total === 0 && view.q === '' && view.state === null
  return (
    <main className="mx-auto w-full max-w-6xl px-6 py-8">
      <KeepFresh />
      <div className="mb-5 flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-lg font-semibold">Workflows</h1>
        {!isEmpty && (
          <div className="flex items-center gap-2">
            <StateFilter view={view} />
            <SearchBox view={view} />
            <ImportDrop />
            <CreateWorkflow />
          </div>
        )}
      </div>
      {rows.length > 0 && (
        <>
          <WorkflowTable rows={rows} view={view} now={new Date()} />
          <Pager view={view} shown={rows.length} total={total} pageSize={query.limit} />
        </>
      )}
      {rows.length === 0 && (isEmpty ? <NoneYet /> : <NoneFound view={view} />)}
    </main>
  )
}

function NoneYet() {
  return (
    <EmptyState icon={Workflow} title="No workflows yet" action={<FirstSteps />}>
      A workflow is a graph of blocks. It runs when you start it, on a schedule, or when its webhook is called. Create
      the first one.
    </EmptyState>
  )
}

function FirstSteps() {
  return (
    <div className="flex gap-2">
      <ImportDrop />
      <CreateWorkflow />
    </div>
  )
}

function NoneFound({ view: { q, state } }: { view: ListView }) {
  const [title, hint] =
    q !== ''
      ? [
          `No ${state ?? ''} workflow has “${q}” in its name`.replace('  ', ' '),
          'Any part of the name will do; letter case does not matter.',
        ]
      : state !== null
        ? [`No workflow is ${state} now`, 'Other states may hold some.']
        : ['No workflows on this page', 'The list is shorter than this page’s address says.']
  return (
    <EmptyState
      icon={SearchX}
      title={title}
      action={
        <Link href="/" className={buttonClass()}>
          Show all workflows
        </Link>
      }
    >
      {hint}
    </EmptyState>
  )
}

/** Reads the address. What makes no sense in it counts as absent: an old or hand-written link still shows a list. */
function readQuery(search: Search) {
  const read = (key: string) => (typeof search[key] === 'string' ? search[key] : undefined)
  const asked = {
    q: read('q'),
    state: read('state'),
    sort: read('sort') ?? defaultView.sort,
    order: read('order') ?? defaultView.order,
    offset: read('offset'),
  }
  const parsed = listWorkflowsQuery.safeParse(asked)
  return parsed.success ? parsed.data : listWorkflowsQuery.parse({ q: asked.q, ...defaultOrder, offset: asked.offset })
}

const defaultOrder = { sort: defaultView.sort, order: defaultView.order }

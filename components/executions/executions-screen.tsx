import { Activity, SearchX } from 'lucide-react'
import { Link } from '@/components/ui/link'
import { KeepFresh } from '@/components/frame/keep-fresh'
import { buttonClass } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { ExecutionFilters, ListedPage } from '@/lib/editor/execution-client'
import { addressOfFilters } from './execution-address'
import { ExecutionFilterBar } from './execution-filters'
import { ExecutionList } from './execution-list'

/** A full page of executions: filters, then the list or what to do without one. */
export function ExecutionsScreen(props: {
  title: string
  path: string
  workflowId: string | null
  filters: ExecutionFilters
  first: ListedPage
}) {
  const { title, path, workflowId, filters, first } = props
  const address = addressOfFilters(path, filters)
  const isEmpty = first.executions.length === 0 && first.next_cursor === null
  return (
    <main className="mx-auto flex h-[calc(100dvh-3rem)] w-full max-w-6xl flex-col px-6 py-8">
      <div className="mb-5 flex flex-wrap items-center justify-between gap-3">
        <h1 className="min-w-0 truncate text-lg font-semibold">{title}</h1>
        {!(isEmpty && address === path) && <ExecutionFilterBar path={path} filters={filters} />}
      </div>
      {!isEmpty && <ExecutionList key={address} {...{ workflowId, filters, first }} now={new Date()} />}
      {isEmpty && <KeepFresh />}
      {isEmpty && address !== path && (
        <EmptyState
          icon={SearchX}
          title="No execution matches"
          action={
            <Link href={path} className={buttonClass()}>
              Show all executions
            </Link>
          }
        >
          Another status, trigger, time or text may find some.
        </EmptyState>
      )}
      {isEmpty && address === path && (
        <EmptyState
          icon={Activity}
          title="Nothing has run yet"
          action={
            <Link href={workflowId === null ? '/' : `/workflows/${workflowId}`} className={buttonClass('primary')}>
              {workflowId === null ? 'Show workflows' : 'Open the workflow'}
            </Link>
          }
        >
          Every run is kept here with what each block was given and what it made of it.
        </EmptyState>
      )}
    </main>
  )
}

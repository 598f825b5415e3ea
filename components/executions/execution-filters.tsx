'use client'

import { useRouter } from 'next/navigation'
import { useRef, useTransition } from 'react'
import { SearchField } from '@/components/ui/search-field'
import { Select } from '@/components/ui/select'
import type { ExecutionFilters } from '@/lib/editor/execution-client'
import { addressOfFilters, readFilters } from './execution-address'

const statuses = [
  { value: '', word: 'Any status' },
  { value: 'queued', word: 'Queued' },
  { value: 'running', word: 'Running' },
  { value: 'completed', word: 'Completed' },
  { value: 'failed', word: 'Failed' },
  { value: 'cancelled', word: 'Cancelled' },
  { value: 'timed_out', word: 'Timed out' },
]
const triggers = [
  { value: '', word: 'Any trigger' },
  { value: 'manual', word: 'Manual' },
  { value: 'webhook', word: 'Webhook' },
  { value: 'schedule', word: 'Schedule' },
  { value: 'platform', word: 'Another workflow' },
  { value: 'mcp', word: 'Assistant (MCP)' },
]
const times = [
  { value: '', word: 'Any time' },
  { value: '1', word: 'Last hour' },
  { value: '24', word: 'Last 24 hours' },
  { value: '168', word: 'Last 7 days' },
]
const typingPauseMs = 300

/** Narrows a list of executions; the choice is in the address. */
export function ExecutionFilterBar({ path, filters }: { path: string; filters: ExecutionFilters }) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const open = (chosen: ExecutionFilters) =>
    startTransition(() => router.replace(addressOfFilters(path, chosen), { scroll: false }))
  return <FilterFields path={path} filters={filters} isPending={isPending} onFilters={open} />
}

/** The fields that narrow a list of executions. */
export function FilterFields(props: {
  /** Where the form leads without script. */
  path?: string
  filters: ExecutionFilters
  isPending?: boolean
  onFilters: (filters: ExecutionFilters) => void
}) {
  const { path, filters, isPending = false, onFilters } = props
  const form = useRef<HTMLFormElement>(null)
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  const apply = () => {
    clearTimeout(pause.current)
    if (!form.current) return
    const data = new FormData(form.current)
    onFilters(readFilters((key) => String(data.get(key) ?? '')))
  }
  return (
    <form
      ref={form}
      role="search"
      action={path}
      aria-busy={isPending}
      onSubmit={(event) => {
        event.preventDefault()
        apply()
      }}
      className="flex flex-wrap items-center gap-2"
    >
      <Select label="Status" name="status" choices={statuses} defaultValue={filters.status ?? ''} onChange={apply} />
      <Select label="Trigger" name="trigger" choices={triggers} defaultValue={filters.trigger ?? ''} onChange={apply} />
      <Select
        label="Time"
        name="within"
        choices={times}
        defaultValue={filters.withinHours === null ? '' : String(filters.withinHours)}
        onChange={apply}
      />
      <SearchField
        name="q"
        aria-label="Search in input, output and error"
        placeholder="Search in data"
        defaultValue={filters.q}
        onChange={() => {
          clearTimeout(pause.current)
          pause.current = setTimeout(apply, typingPauseMs)
        }}
        className="w-56"
      />
    </form>
  )
}

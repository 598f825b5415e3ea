import type { Metadata } from 'next'
import { readFilters } from '@/components/executions/execution-address'
import { ExecutionsScreen } from '@/components/executions/executions-screen'
import { listAllExecutionsQuery } from '@/lib/contract/execution-history'
import { searchOf } from '@/lib/editor/execution-client'
import { listAllExecutions } from '@/lib/operations/list-all-executions'
import { pageCall } from '../page-call'

export const metadata: Metadata = { title: 'Executions' }

type Search = Record<string, string | string[] | undefined>

export default async function ExecutionsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams
  const filters = readFilters((key) => (typeof search[key] === 'string' ? search[key] : undefined))
  const query = listAllExecutionsQuery.parse(Object.fromEntries(searchOf(filters, new Date())))
  const first = await listAllExecutions(await pageCall({ params: {}, query: { ...query, limit: 50 } }))
  return <ExecutionsScreen title="Executions" path="/executions" workflowId={null} filters={filters} first={first} />
}

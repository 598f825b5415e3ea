import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { readFilters } from '@/components/executions/execution-address'
import { ExecutionsScreen } from '@/components/executions/executions-screen'
import { listExecutionsQuery } from '@/lib/contract/execution-history'
import { isAppError } from '@/lib/contract/errors'
import { workflowParams } from '@/lib/contract/workflows'
import { searchOf } from '@/lib/editor/execution-client'
import { getWorkflow } from '@/lib/operations/get-workflow'
import { listExecutions } from '@/lib/operations/list-executions'
import { pageCall } from '../../../page-call'

export const metadata: Metadata = { title: 'Executions' }

type Search = Record<string, string | string[] | undefined>
interface PageProps {
  params: Promise<{ id: string }>
  searchParams: Promise<Search>
}

export default async function WorkflowExecutionsPage({ params, searchParams }: PageProps) {
  const [given, search] = await Promise.all([params, searchParams])
  const filters = readFilters((key) => (typeof search[key] === 'string' ? search[key] : undefined))
  const query = listExecutionsQuery.parse(Object.fromEntries(searchOf(filters, new Date())))
  const call = await pageCall({ params: given, query: { ...query, limit: 50 } })
  const known = workflowParams.safeParse(given)
  if (!known.success) notFound()
  const read = Promise.all([
    getWorkflow({ ...call, params: known.data, query: {} }),
    listExecutions({ ...call, params: known.data }),
  ])
  const [workflow, first] = await read.catch((error: unknown) => {
    if (isAppError(error) && error.code === 'WORKFLOW_NOT_FOUND') notFound()
    throw error
  })
  const path = `/workflows/${workflow.id}/executions`
  return (
    <ExecutionsScreen title={`Executions of ${workflow.name}`} {...{ path, workflowId: workflow.id, filters, first }} />
  )
}

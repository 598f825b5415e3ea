import { ArrowLeft } from 'lucide-react'
import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { notFound } from 'next/navigation'
import { CompareScreen } from '@/components/executions/compare-screen'
import { isAppError } from '@/lib/contract/errors'
import { compareQuery } from '@/lib/contract/execution-history'
import { executionParams } from '@/lib/contract/executions'
import { compareExecutions } from '@/lib/operations/compare-executions'
import { getExecutionLogs } from '@/lib/operations/get-execution-logs'
import { getWorkflow } from '@/lib/operations/get-workflow'
import { pageCall } from '../../../../../page-call'

export const metadata: Metadata = { title: 'Compare executions' }

interface PageProps {
  params: Promise<{ id: string; eid: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function ComparePage({ params, searchParams }: PageProps) {
  const [given, search] = await Promise.all([params, searchParams])
  const call = await pageCall({ params: given, query: {} })
  const [known, query] = [executionParams.safeParse(given), compareQuery.safeParse(search)]
  if (!known.success || !query.success) notFound()
  const asked = { ...call, params: known.data }
  const include = { include: ['skipped'] }
  const read = Promise.all([
    getWorkflow({ ...asked, query: {} }),
    compareExecutions({ ...asked, query: query.data }),
    getExecutionLogs({ ...asked, query: include }),
    getExecutionLogs({ ...asked, params: { ...known.data, eid: query.data.with }, query: include }),
  ])
  const [workflow, comparison, left, right] = await read.catch((error: unknown) => {
    if (isAppError(error) && (error.code === 'WORKFLOW_NOT_FOUND' || error.code === 'NOT_FOUND')) notFound()
    throw error
  })
  return (
    <main className="mx-auto w-full max-w-6xl px-6 py-8">
      <div className="mb-4 flex items-center gap-3">
        <Link
          href={`/workflows/${workflow.id}/executions/${known.data.eid}`}
          aria-label="Back to the execution"
          className="grid size-8 place-items-center rounded-md text-muted-foreground hover:bg-muted hover:text-foreground focus-visible:outline-2 focus-visible:outline-ring"
        >
          <ArrowLeft aria-hidden className="size-4" />
        </Link>
        <h1 className="min-w-0 truncate text-lg font-semibold">Two executions of {workflow.name}</h1>
      </div>
      <CompareScreen workflowId={workflow.id} comparison={comparison} logs={[left.block_logs, right.block_logs]} />
    </main>
  )
}

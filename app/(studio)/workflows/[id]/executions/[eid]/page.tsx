import { ArrowLeft } from 'lucide-react'
import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { notFound } from 'next/navigation'
import { ExecutionScreen } from '@/components/executions/execution-screen'
import { isAppError } from '@/lib/contract/errors'
import { executionParams } from '@/lib/contract/executions'
import { getExecution } from '@/lib/operations/get-execution'
import { getExecutionLogs } from '@/lib/operations/get-execution-logs'
import { getWorkflow } from '@/lib/operations/get-workflow'
import { pageCall } from '../../../../page-call'

export const metadata: Metadata = { title: 'Execution' }

interface PageProps {
  params: Promise<{ id: string; eid: string }>
}

export default async function ExecutionPage({ params }: PageProps) {
  const given = await params
  const call = await pageCall({ params: given, query: {} })
  const known = executionParams.safeParse(given)
  if (!known.success) notFound()
  const asked = { ...call, params: known.data }
  const read = Promise.all([
    getWorkflow({ ...asked, query: {} }),
    getExecution(asked),
    getExecutionLogs({ ...asked, query: { include: ['skipped'] } }),
  ])
  const [workflow, { block_outputs: _outputs, ...execution }, { block_logs: logs }] = await read.catch(
    (error: unknown) => {
      if (isAppError(error) && (error.code === 'WORKFLOW_NOT_FOUND' || error.code === 'NOT_FOUND')) notFound()
      throw error
    },
  )
  const blockNames = Object.fromEntries(workflow.blocks.map(({ id, name }) => [id, name]))
  return (
    <main className="mx-auto w-full max-w-6xl px-6 py-8">
      <div className="mb-4 flex items-center gap-3">
        <Link
          href={`/workflows/${workflow.id}/executions`}
          aria-label={`Back to the executions of ${workflow.name}`}
          className="grid size-8 place-items-center rounded-md text-muted-foreground hover:bg-muted hover:text-foreground focus-visible:outline-2 focus-visible:outline-ring"
        >
          <ArrowLeft aria-hidden className="size-4" />
        </Link>
        <h1 className="min-w-0 truncate text-lg font-semibold">Execution of {workflow.name}</h1>
      </div>
      <ExecutionScreen first={{ execution, logs, blockNames }} />
    </main>
  )
}

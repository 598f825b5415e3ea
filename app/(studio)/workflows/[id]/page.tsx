import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { WorkflowEditor } from '@/components/editor/workflow-editor'
import { isAppError } from '@/lib/contract/errors'
import { workflowParams } from '@/lib/contract/workflows'
import { getWorkflow } from '@/lib/operations/get-workflow'
import { pageCall } from '../../page-call'
import WorkflowLoading from './loading'

interface PageProps {
  params: Promise<{ id: string }>
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: (await readWorkflow((await params).id)).name }
}

export default async function WorkflowPage({ params }: PageProps) {
  const { id, mayWrite } = await readWorkflow((await params).id)
  // The graph itself is read by the editor, so that credentials never stand in a page. The browser asks for it at once, not
  // only when all scripts are there.
  return (
    <>
      <link rel="preload" as="fetch" crossOrigin="anonymous" href={`/api/workflows/${id}`} />
      <WorkflowEditor workflowId={id} mayWrite={mayWrite} loading={<WorkflowLoading />} />
    </>
  )
}

/** What the page needs of the workflow, read once for it and its title. */
const readWorkflow = cache(async (id: string) => {
  const call = await pageCall({ params: { id }, query: {} })
  const params = workflowParams.safeParse({ id })
  if (!params.success) notFound()
  try {
    const { name } = await getWorkflow({ ...call, params: params.data })
    return { id: params.data.id, name, mayWrite: call.principal.scopes.includes('write') }
  } catch (error) {
    if (isAppError(error) && error.code === 'WORKFLOW_NOT_FOUND') notFound()
    throw error
  }
})

'use client'

import { CircleAlert } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { messageOf } from '@/lib/editor/api-client'
import { EditorProvider } from '@/lib/editor/editor-context'
import { openWorkflow, type OpenedWorkflow } from '@/lib/editor/open-workflow'
import { EditorScreen } from './editor-screen'
import { useIsWide } from './use-is-wide'
import { WorkflowProvider } from './workflow-context'

/** The editor of one workflow. It reads the graph itself: the page's own HTML carries no credentials, and a page that the
 *  browser kept shows the newest graph all the same. */
export function WorkflowEditor(props: { workflowId: string; mayWrite: boolean; loading: ReactNode }) {
  const { workflowId, mayWrite, loading } = props
  const { opened, problem, retry } = useOpened(workflowId)
  const isWide = useIsWide()
  if (problem !== null) return <NotOpened problem={problem} onRetry={retry} />
  if (!opened) return loading
  return (
    <EditorProvider
      key={workflowId}
      workflowId={workflowId}
      graph={opened.graph}
      version={opened.version}
      notes={opened.facts.notes}
    >
      <WorkflowProvider facts={opened.facts} canEdit={mayWrite && isWide}>
        <EditorScreen isTooSmall={mayWrite && !isWide} />
      </WorkflowProvider>
    </EditorProvider>
  )
}

function useOpened(workflowId: string) {
  const [opened, setOpened] = useState<OpenedWorkflow | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    const visit = { isOver: false }
    openWorkflow(workflowId).then(
      (workflow) => visit.isOver || setOpened(workflow),
      (error: unknown) => visit.isOver || setProblem(messageOf(error)),
    )
    return () => void (visit.isOver = true)
  }, [workflowId, attempt])
  const retry = () => {
    setProblem(null)
    setAttempt((count) => count + 1)
  }
  return { opened, problem, retry }
}

function NotOpened({ problem, onRetry }: { problem: string; onRetry: () => void }) {
  return (
    <EmptyState
      icon={CircleAlert}
      title="The workflow could not be opened"
      action={<Button onClick={onRetry}>Try again</Button>}
    >
      {problem}
    </EmptyState>
  )
}

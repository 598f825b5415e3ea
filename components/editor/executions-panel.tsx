'use client'

import { useEffect, useState } from 'react'
import { FilterFields } from '@/components/executions/execution-filters'
import { ExecutionList } from '@/components/executions/execution-list'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/notify'
import { messageOf } from '@/lib/editor/api-client'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import {
  listExecutions,
  type ExecutionFilters,
  type ListedExecution,
  type ListedPage,
} from '@/lib/editor/execution-client'
import { watchExecution } from '@/lib/editor/run'
import { useWatching } from './use-watching'

const noFilters: ExecutionFilters = { status: null, trigger: null, q: '', withinHours: null }
const pageSize = 50

/** The workflow's executions below the canvas. Choosing one paints it there. */
export function ExecutionsPanel() {
  const editor = useEditor()
  const signal = useWatching()
  const [filters, setFilters] = useState(noFilters)
  const chosenId = useEditorState(({ live }) => live.executionId)
  const { page, problem, retry } = useFirstPage(filters)
  const choose = ({ id }: ListedExecution) => {
    watchExecution(editor, id, { signal, isPast: true }).catch((error: unknown) => toast.error(messageOf(error)))
  }
  return (
    <div className="flex h-72 flex-col gap-2 p-3">
      <FilterFields filters={filters} onFilters={setFilters} isPending={page === null && problem === ''} />
      {problem !== '' && (
        <p role="alert" className="flex items-center gap-3 text-[13px] text-danger">
          {problem}
          <Button onClick={retry}>Try again</Button>
        </p>
      )}
      {page && page.listed.executions.length > 0 && (
        <ExecutionList
          key={page.number}
          workflowId={editor.workflowId}
          filters={page.filters}
          first={page.listed}
          now={page.readAt}
          onChoose={choose}
          chosenId={chosenId}
        />
      )}
      {page && page.listed.executions.length === 0 && (
        <p className="p-2 text-[13px] text-muted-foreground">
          {page.filters === noFilters
            ? 'Nothing has run yet. Run the workflow: each execution is kept here.'
            : 'No execution matches. Another status, trigger, time or text may find some.'}
        </p>
      )}
    </div>
  )
}

interface Page {
  /** Counts readings: each is a list of its own. */
  number: number
  filters: ExecutionFilters
  listed: ListedPage
  readAt: Date
}

/** The newest executions, read again when the filters change and when a run begins or ends here. The old ones stay on
 *  screen in the meantime. */
function useFirstPage(filters: ExecutionFilters) {
  const { workflowId } = useEditor()
  const [page, setPage] = useState<Page | null>(null)
  const [problem, setProblem] = useState('')
  const [attempt, setAttempt] = useState(0)
  // What was chosen from the list is in it already.
  const newestId = useEditorState(({ live }) => (live.past ? live.past.liveId : live.executionId))
  const isOver = useEditorState(
    ({ live }) => live.past !== null || !['starting', 'running', 'queued'].includes(live.status),
  )
  useEffect(() => {
    const visit = { isOver: false }
    listExecutions(workflowId, filters, { cursor: null, limit: pageSize }).then(
      (listed) => {
        if (visit.isOver) return
        setProblem('')
        setPage((before) => ({ number: (before?.number ?? 0) + 1, filters, listed, readAt: new Date() }))
      },
      (error: unknown) => visit.isOver || setProblem(messageOf(error)),
    )
    return () => void (visit.isOver = true)
  }, [workflowId, filters, attempt, newestId, isOver])
  return { page, problem, retry: () => setAttempt((count) => count + 1) }
}

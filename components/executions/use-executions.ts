'use client'

import { useCallback, useEffect, useState } from 'react'
import { messageOf } from '@/lib/editor/api-client'
import { listExecutions, type ExecutionFilters, type ListedPage } from '@/lib/editor/execution-client'

const pageSize = 50
const refreshMs = 3_000
/** The same while none of those shown still runs: only new ones can come. */
const restingRefreshMs = 10_000

/** A list of executions that grows at its end as it is read, and follows those that still run and those
 *  that come. `readAt` is when it was read last. */
export function useExecutions(
  workflowId: string | null,
  filters: ExecutionFilters,
  first: ListedPage & { readAt: Date },
) {
  const [page, setPage] = useState<ListedPage>(first)
  const [readAt, setReadAt] = useState(first.readAt)
  const [isReading, setIsReading] = useState(false)
  const [problem, setProblem] = useState('')
  const { executions, next_cursor: cursor } = page
  const isMoving = executions.some(({ status }) => status === 'running' || status === 'queued')

  const readMore = useCallback(async () => {
    setIsReading(true)
    try {
      const more = await listExecutions(workflowId, filters, { cursor, limit: pageSize })
      setPage((before) => ({ ...more, executions: [...before.executions, ...more.executions] }))
      setProblem('')
    } catch (error) {
      setProblem(messageOf(error))
    } finally {
      setIsReading(false)
    }
  }, [workflowId, filters, cursor])

  useEffect(() => {
    const timer = setInterval(
      () => {
        if (document.visibilityState !== 'visible') return
        listExecutions(workflowId, filters, { cursor: null, limit: pageSize }).then(
          (newest) => {
            setPage((before) => withNewest(before, newest))
            setReadAt(new Date())
          },
          // The list stays as it was; the next round tries again.
          () => undefined,
        )
      },
      isMoving ? refreshMs : restingRefreshMs,
    )
    return () => clearInterval(timer)
  }, [workflowId, filters, isMoving])

  return { executions, readAt, hasMore: cursor !== null, isReading, problem, readMore }
}

/** The newest page laid over a list: what changed is replaced, what is new comes first. */
function withNewest(before: ListedPage, newest: ListedPage): ListedPage {
  const changed = new Map(newest.executions.map((execution) => [execution.id, execution]))
  const known = new Set(before.executions.map(({ id }) => id))
  const added = newest.executions.filter(({ id }) => !known.has(id))
  return { ...before, executions: [...added, ...before.executions.map((one) => changed.get(one.id) ?? one)] }
}

'use client'

import { useEffect, useId, useState } from 'react'
import { messageOf } from '@/lib/editor/api-client'
import { listResource, type NamedResource } from '@/lib/editor/resource-client'

/** Which workflow a tool runs. */
export function WorkflowChoice(props: { workflowId: string; onChoose: (workflowId: string) => void }) {
  const { workflowId, onChoose } = props
  const id = useId()
  const [workflows, setWorkflows] = useState<readonly NamedResource[] | null>(null)
  const [problem, setProblem] = useState('')
  useEffect(() => {
    const visit = { isOver: false }
    listResource('workflows').then(
      (found) => visit.isOver || setWorkflows(found),
      (error: unknown) => visit.isOver || setProblem(messageOf(error)),
    )
    return () => void (visit.isOver = true)
  }, [])
  const isListed = workflowId === '' || workflows?.some((workflow) => workflow.id === workflowId)
  return (
    <div className="mb-4">
      <label htmlFor={id} className="text-[13px] font-medium">
        Workflow
      </label>
      <select
        id={id}
        required
        value={workflowId}
        aria-describedby={`${id}-problem`}
        onChange={(event) => onChoose(event.target.value)}
        className="mt-1.5 h-9 w-full rounded-md border border-input bg-background px-2 text-[13px] focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring"
      >
        <option value="">{workflows === null ? 'Loading…' : 'Choose a workflow'}</option>
        {!isListed && <option value={workflowId}>{workflowId}</option>}
        {workflows?.map((workflow) => (
          <option key={workflow.id} value={workflow.id}>
            {workflow.name}
          </option>
        ))}
      </select>
      <p id={`${id}-problem`} role="status" className="mt-1 text-xs text-danger empty:hidden">
        {problem}
      </p>
    </div>
  )
}

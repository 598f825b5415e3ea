'use client'

import { useId } from 'react'
import { SearchedSelect } from '@/components/ui/searched-select'
import { useResources } from '@/lib/editor/use-resources'

/** Which workflow a tool runs. */
export function WorkflowChoice(props: { workflowId: string; onChoose: (workflowId: string) => void }) {
  const { workflowId, onChoose } = props
  const id = useId()
  const { listed: workflows, problem } = useResources('workflows')
  const isListed = workflowId === '' || workflows?.some((workflow) => workflow.id === workflowId)
  return (
    <div className="mb-4">
      <label htmlFor={id} className="text-[13px] font-medium">
        Workflow
      </label>
      <SearchedSelect
        id={id}
        searchLabel="Search workflows"
        required
        choices={workflows ?? []}
        value={workflowId}
        aria-describedby={`${id}-problem`}
        onChoose={onChoose}
        className="mt-1.5 h-9 w-full rounded-md border border-input bg-background px-2 text-[13px] focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring"
      >
        <option value="">{workflows === null ? 'Loading…' : 'Choose a workflow'}</option>
        {!isListed && <option value={workflowId}>{workflowId}</option>}
      </SearchedSelect>
      <p id={`${id}-problem`} role="status" className="mt-1 text-xs text-danger empty:hidden">
        {problem}
      </p>
    </div>
  )
}

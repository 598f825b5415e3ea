'use client'

import { useState } from 'react'
import { Link } from '@/components/ui/link'
import { ExecutionBadge } from '@/components/workflows/execution-badge'
import type { BlockLog } from '@/lib/contract/execution'
import type { ComparedExecution, ExecutionComparison } from '@/lib/contract/execution-history'
import { CompareBlock } from './compare-block'
import { CompareTable, differsAtAll } from './compare-table'
import { sayDuration } from './duration'

/** Two executions beside each other: how each fared, where they part first, and what each block made of it. */
export function CompareScreen(props: {
  workflowId: string
  comparison: ExecutionComparison
  logs: [BlockLog[], BlockLog[]]
}) {
  const { workflowId, comparison, logs } = props
  const { executions, blocks, first_diverging_block: first } = comparison
  const [chosen, setChosen] = useState(first ?? blocks[0]?.block_id ?? null)
  const block = blocks.find(({ block_id: id }) => id === chosen)
  const logOf = (side: BlockLog[]) => side.find(({ block_id: id }) => id === chosen) ?? null
  const differing = blocks.filter(differsAtAll).length
  return (
    <div className="flex flex-col gap-4 text-[13px]">
      <section aria-label="Compared executions" className="grid grid-cols-2 gap-4">
        {executions.map((execution, index) => (
          <Side key={index} execution={execution} name={index === 0 ? 'A' : 'B'} workflowId={workflowId} />
        ))}
      </section>
      <p role="status">
        {first === null
          ? 'No block differs between the two.'
          : `${differing === 1 ? '1 block differs' : `${differing} blocks differ`}, first ${blocks.find(({ block_id: id }) => id === first)?.block_name || first}.`}
      </p>
      <CompareTable comparison={comparison} chosen={chosen} onChoose={setChosen} />
      {block && <CompareBlock key={block.block_id} block={block} left={logOf(logs[0])} right={logOf(logs[1])} />}
    </div>
  )
}

function Side({ execution, name, workflowId }: { execution: ComparedExecution; name: string; workflowId: string }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-lg border border-border bg-card px-4 py-3 shadow-card">
      <span className="grid size-6 place-items-center rounded-md bg-muted font-semibold">{name}</span>
      <ExecutionBadge status={execution.status} />
      <span className="font-mono text-xs">
        {execution.duration_ms === null ? '' : sayDuration(execution.duration_ms)}
      </span>
      <span className="text-muted-foreground">Version {execution.version}</span>
      <Link
        href={`/workflows/${workflowId}/executions/${execution.id}`}
        className="ml-auto rounded-sm font-mono text-xs underline focus-visible:outline-2 focus-visible:outline-ring"
      >
        {execution.id.slice(-shownIdChars)}
      </Link>
    </div>
  )
}

// Ids begin with their time: the end tells them apart.
const shownIdChars = 12

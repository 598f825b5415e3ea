'use client'

import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import type { GraphIssue } from '@/lib/contract/graph'
import { useEditor } from '@/lib/editor/editor-context'
import { useProblems } from './workflow-context'

/** What is wrong with the graph; each leads to its place. */
export function ProblemsPanel() {
  const list = useProblems((problems) => problems.list)
  if (list.length === 0)
    return (
      <p className="flex items-center gap-2 px-4 py-6 text-[13px] text-muted-foreground">
        <CircleCheck aria-hidden className="size-4 text-success" />
        Nothing is wrong with this graph: it can be run and deployed.
      </p>
    )
  return (
    <ul aria-label="Problems" className="max-h-64 overflow-y-auto py-1">
      {list.map((issue) => (
        <li key={`${issue.code} ${issue.block} ${issue.path} ${issue.message}`}>
          <Line issue={issue} />
        </li>
      ))}
    </ul>
  )
}

function Line({ issue }: { issue: GraphIssue }) {
  const editor = useEditor()
  const isError = issue.severity === 'error'
  const Icon = isError ? CircleAlert : TriangleAlert
  const jump = () => {
    const { block, path } = issue
    if (block !== null) editor.jumpTo(block, path.startsWith('config.') ? path : null)
    const [part, place] = path.split('.')
    const edge = part === 'edges' ? editor.store.getState().graph.current.edges[Number(place)] : undefined
    if (edge) editor.select({ edgeIds: [edge.id] })
  }
  return (
    <button
      type="button"
      onClick={jump}
      className="flex w-full items-start gap-2 px-4 py-1.5 text-left text-[13px] hover:bg-muted focus-visible:-outline-offset-2 focus-visible:outline-2 focus-visible:outline-ring"
    >
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${isError ? 'text-danger' : 'text-warning'}`} />
      <span className="min-w-0 flex-1 break-words">{issue.message}</span>
      <span className="shrink-0 text-xs text-muted-foreground">{isError ? 'Stops runs' : 'Warning'}</span>
    </button>
  )
}

'use client'

import { FlaskConical } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/notify'
import type { CopilotTestRun } from '@/lib/contract/copilot'
import type { GraphIssue } from '@/lib/contract/graph'
import { messageOf } from '@/lib/editor/api-client'
import type { Proposal } from '@/lib/editor/copilot-state'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { isPartTaken, keptBlocks, partsOf } from '@/lib/graph/diff-parts'
import { useCopilot, useCopilotState } from './copilot-context'
import { PartRow } from './part-row'
import { TestRunResult } from './test-run-result'

/** What the copilot proposes, part by part: nothing of it is in the graph until it is accepted. */
export function ProposalCard() {
  const proposal = useCopilotState((state) => state.proposal)
  return proposal && <OpenProposal key={proposal.messageId} proposal={proposal} />
}

function OpenProposal({ proposal }: { proposal: Proposal }) {
  const copilot = useCopilot()
  const { catalog } = useEditor()
  const graph = useEditorState((state) => state.graph.current)
  const parts = useMemo(() => partsOf(graph, proposal.diff, catalog), [graph, proposal.diff, catalog])
  const kept = useMemo(() => keptBlocks(graph, proposal.diff, catalog), [graph, proposal.diff, catalog])
  const count = parts.filter((part) => isPartTaken(part, proposal.rejected)).length
  const { result, isRunning, run } = useTestRun()
  return (
    <section
      aria-label="Proposed change"
      className="flex max-h-[50%] shrink-0 flex-col border-t border-border bg-card text-[13px]"
    >
      <div className="min-h-0 flex-1 space-y-2 overflow-y-auto px-4 pt-3">
        <h3 className="font-semibold">{parts.length === 0 ? 'Nothing of it is left to accept' : 'Proposed change'}</h3>
        <ul aria-label="Parts" className="space-y-0.5">
          {parts.map((part) => (
            <li key={part.id}>
              <PartRow part={part} rejected={proposal.rejected} onToggle={() => copilot.togglePart(part.id)} />
            </li>
          ))}
        </ul>
        {kept.map(({ id, name, kept: fields }) => (
          <p key={id} className="text-xs break-words text-muted-foreground">
            Change {name}: you changed {fields.join(', ')} meanwhile, and that stays as you have it
          </p>
        ))}
        <Issues messageId={proposal.messageId} />
        {result && <TestRunResult result={result} />}
      </div>
      <div className="flex flex-wrap gap-2 px-4 py-3">
        <Button variant="primary" disabled={count === 0} onClick={() => copilot.accept()}>
          {count === parts.length ? 'Accept all' : `Accept ${count} of ${parts.length}`}
        </Button>
        <Button onClick={() => copilot.reject()}>Reject all</Button>
        <Button
          variant="quiet"
          disabled={count === 0 || isRunning}
          title="Runs the workflow as it would be, with its default input and pinned data. Nothing is saved; requests and models are called."
          onClick={run}
        >
          <FlaskConical aria-hidden />
          {isRunning ? 'Running…' : 'Test run'}
        </Button>
      </div>
    </section>
  )
}

function useTestRun() {
  const copilot = useCopilot()
  const [result, setResult] = useState<CopilotTestRun | null>(null)
  const [isRunning, setIsRunning] = useState(false)
  const run = () => {
    setIsRunning(true)
    copilot
      .testRun()
      .then(setResult, (error: unknown) => toast.error(messageOf(error)))
      .finally(() => setIsRunning(false))
  }
  return { result, isRunning, run }
}

const noIssues: readonly GraphIssue[] = []

/** What compiling still finds with all of it accepted; credentials come with accepting. */
function Issues({ messageId }: { messageId: string }) {
  const issues = useCopilotState(
    ({ messages }) => messages.find(({ id }) => id === messageId)?.issues ?? noIssues,
  ).filter(({ code }) => code !== 'webhook_credentials')
  if (issues.length === 0) return null
  return (
    <ul aria-label="Problems it leaves" className="list-disc space-y-0.5 pl-4 text-xs text-warning">
      {issues.map(({ message, block, path }) => (
        <li key={`${block} ${path} ${message}`}>{message}</li>
      ))}
    </ul>
  )
}

'use client'

import { Play } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { ExplainFailure } from '@/components/copilot/explain-failure'
import { JsonBlock } from '@/components/inspector/json-block'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/notify'
import { ApiError, messageOf } from '@/lib/editor/api-client'
import { useAutosave, useEditor, useEditorState } from '@/lib/editor/editor-context'
import { readLastInputs, rememberInputs } from '@/lib/editor/last-inputs'
import { startRun } from '@/lib/editor/run'
import { defaultInputs, readInputs } from '@/lib/editor/run-inputs'
import { InputForm } from './input-form'
import { useWatching } from './use-watching'
import { useCanEdit, useFacts, useProblems, useSetStage } from './workflow-context'

/** Running the workflow: what to start it with, and how it ended. */
export function RunPanel() {
  return (
    <div className="grid h-72 grid-cols-[minmax(0,26rem)_minmax(13rem,1fr)] divide-x divide-border">
      <RunForm />
      <RunResult />
    </div>
  )
}

function RunForm() {
  const canEdit = useCanEdit()
  const [text, setText] = useStartingText()
  const [problem, setProblem] = useState('')
  const errorCount = useProblems((problems) => problems.errorCount)
  const status = useEditorState(({ live }) => live.status)
  const isBusy = status === 'starting' || status === 'running' || status === 'queued'
  const run = useRun(setProblem)
  const runButton = useRef<HTMLButtonElement>(null)
  // Whoever opened it by keyboard is here, and the next Enter runs.
  useEffect(() => runButton.current?.focus(), [])
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    if (!isBusy) event.currentTarget.requestSubmit()
  }
  return (
    <form
      aria-label="Run the workflow"
      className="flex min-h-0 flex-col p-4"
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        void run(text)
      }}
    >
      <div className="min-h-0 flex-1 overflow-y-auto px-0.5 pb-2">
        <InputForm text={text} onText={setText} />
      </div>
      <p role="alert" className="text-[13px] text-danger">
        {problem}
      </p>
      <div className="mt-2 flex items-center gap-3">
        <Button ref={runButton} variant="primary" type="submit" disabled={isBusy || !canEdit}>
          <Play aria-hidden />
          {isBusy ? 'Running…' : 'Run now'}
        </Button>
        <span className="text-xs text-muted-foreground">
          {errorCount > 0 ? 'The problems below stop it.' : 'Edits are saved first. Ctrl Enter runs.'}
        </span>
      </div>
    </form>
  )
}

/** The text of the input: what was run last here, and the defaults of names that are new. */
function useStartingText() {
  const editor = useEditor()
  const variables = useFacts((facts) => facts.variables)
  return useState(() => {
    const last = readLastInputs(editor.workflowId, window.localStorage)
    const names = defaultInputs(editor.store.getState().graph.current, editor.catalog, variables)
    return JSON.stringify({ ...names, ...last }, null, 2)
  })
}

function useRun(setProblem: (problem: string) => void): (text: string) => Promise<void> {
  const editor = useEditor()
  const autosave = useAutosave()
  const setStage = useSetStage()
  const signal = useWatching()
  return async (text) => {
    const read = readInputs(text)
    if ('problem' in read) return setProblem(read.problem)
    setProblem('')
    rememberInputs(editor.workflowId, read.inputs, window.localStorage)
    const request = { body: { variables: read.inputs } }
    const outcome = await startRun(editor, { autosave, request, signal })
    if (outcome.kind === 'unsaved') setProblem('The newest edits could not be saved, so nothing was started.')
    if (outcome.kind !== 'refused') return
    setProblem(messageOf(outcome.error))
    if (outcome.error instanceof ApiError && outcome.error.code === 'GRAPH_INVALID') {
      toast.error('The problems of the graph stop it.')
      setStage({ dock: 'problems' })
    }
  }
}

function RunResult() {
  const status = useEditorState(({ live }) => live.status)
  const output = useEditorState(({ live }) => live.output)
  const error = useEditorState(({ live }) => live.error)
  return (
    <div className="min-h-0 overflow-y-auto p-4">
      {status === 'idle' && (
        <p className="text-[13px] text-muted-foreground">
          What the run gives is shown here; how each block fares, on the canvas.
        </p>
      )}
      {(status === 'starting' || status === 'running' || status === 'queued') && (
        <p className="text-[13px] text-muted-foreground">Running. You can go on editing: the run keeps its version.</p>
      )}
      {error && (
        <p
          role="alert"
          className={`mb-3 text-[13px] break-words ${status === 'cancelled' ? 'text-muted-foreground' : 'text-danger'}`}
        >
          {error.message}
        </p>
      )}
      <ExplainFailure />
      {status === 'completed' && <JsonBlock title="Output" value={output} />}
      {status === 'completed' && output === null && (
        <p className="mt-2 text-[13px] text-muted-foreground">What a workflow gives is said by a Response block.</p>
      )}
    </div>
  )
}

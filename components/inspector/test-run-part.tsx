'use client'

import { FileInput, FlaskConical, StepForward } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { isJsonObject, type Json } from '@/lib/contract/json'
import { useEditorState } from '@/lib/editor/editor-context'
import { useBlock } from '@/lib/editor/use-editor'
import { JsonDialog } from './json-dialog'
import { useTestRuns } from './use-test-runs'

/** Trying a block: all by itself, with other settings for once, or together with all that comes after it. `input` is what
 *  it took in last, null when that is not known. */
export function TestRunPart({ blockId, input }: { blockId: string; input: Json }) {
  const block = useBlock(blockId)
  const hasExecution = useEditorState(({ live }) => live.executionId !== null)
  const isRunning = useEditorState(({ live }) => ['starting', 'running', 'queued'].includes(live.status))
  const { isStarting, runFrom, runAlone } = useTestRuns(blockId)
  const [isGiving, setIsGiving] = useState(false)
  if (!block) return null
  const isOff = isRunning || isStarting || !block.enabled
  return (
    <section aria-label="Try the block" className="flex flex-wrap gap-1.5">
      <Button disabled={isOff} onClick={() => void runAlone()}>
        <FlaskConical aria-hidden />
        {isStarting ? 'Running…' : 'Run alone'}
      </Button>
      <Button
        disabled={isOff || !hasExecution}
        title={hasExecution ? undefined : 'Run the workflow once first'}
        onClick={() => void runFrom()}
      >
        <StepForward aria-hidden />
        Run from here
      </Button>
      <Button disabled={isOff} onClick={() => setIsGiving(true)}>
        <FileInput aria-hidden />
        Run with…
      </Button>
      {isGiving && (
        <JsonDialog
          asked={{
            title: 'Run this block with other input',
            description:
              'For this one run, these settings stand in place of what the block would take in. Nothing is saved.',
            value: isJsonObject(input) ? input : block.config,
            action: 'Run',
            isObject: true,
          }}
          onTake={async (value) => {
            // The dialog takes nothing but an object.
            if (isJsonObject(value)) void runAlone(value)
          }}
          onClose={() => setIsGiving(false)}
        />
      )}
    </section>
  )
}

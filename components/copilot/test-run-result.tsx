'use client'

import { useEffect, useRef } from 'react'
import { JsonBlock } from '@/components/inspector/json-block'
import { ExecutionBadge } from '@/components/workflows/execution-badge'
import type { CopilotTestRun } from '@/lib/contract/copilot'

/** How the workflow fared as it would be. */
export function TestRunResult({ result }: { result: CopilotTestRun }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Below the parts, which may be many.
    box.current?.scrollIntoView({ block: 'nearest' })
  }, [result])
  return (
    <div ref={box} role="group" aria-label="Test run" className="space-y-2 rounded-md border border-border p-3">
      <p className="flex items-center justify-between">
        <span className="font-medium">Test run</span>
        <ExecutionBadge status={result.status} />
      </p>
      {result.error !== null && <p className="break-words text-danger">{result.error}</p>}
      {result.status === 'completed' && <JsonBlock title="Output" value={result.output} />}
    </div>
  )
}

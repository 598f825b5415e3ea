'use client'

import { Link } from '@/components/ui/link'
import { ExecutionBadge } from '@/components/workflows/execution-badge'
import type { ExecutionItem } from '@/lib/contract/execution'
import { isJsonObject, type Json, type JsonObject } from '@/lib/contract/json'
import { useEditorState } from '@/lib/editor/editor-context'
import type { EditorState } from '@/lib/editor/editor-state'

/** The call that came through the arm window: what was sent, and how its run fares. */
export function CaughtCall({ call }: { call: ExecutionItem }) {
  const status = useEditorState(({ live }) =>
    live.executionId === call.id && isStatus(live.status) ? live.status : call.status,
  )
  const request = useEditorState((state) => requestIn(state, call.id))
  const method = typeof request?.['method'] === 'string' ? request['method'] : 'POST'
  return (
    <section aria-label="The caught call" className="space-y-2 rounded-md border border-border p-3">
      <div className="flex items-center justify-between gap-3">
        <p role="status" className="font-medium">
          Caught a {method} call
        </p>
        <span className="text-xs">
          <ExecutionBadge status={status} />
        </span>
      </div>
      <Part title="Body" value={call.input} isOpen />
      {request && isJsonObject(request['query']) && Object.keys(request['query']).length > 0 && (
        <Part title="Query" value={request['query']} />
      )}
      {request && isJsonObject(request['headers']) && <Part title="Headers" value={request['headers']} />}
      <Link
        href={`/workflows/${call.workflow_id}/executions/${call.id}`}
        className="inline-block rounded-sm text-xs text-primary underline underline-offset-2 focus-visible:outline-2 focus-visible:outline-ring"
      >
        Open its execution
      </Link>
    </section>
  )
}

function Part({ title, value, isOpen = false }: { title: string; value: Json; isOpen?: boolean }) {
  return (
    <details open={isOpen}>
      <summary className="cursor-pointer rounded-sm text-xs font-medium focus-visible:outline-2 focus-visible:outline-ring">
        {title}
      </summary>
      <pre
        tabIndex={0}
        aria-label={title}
        className="mt-1 max-h-40 overflow-auto rounded-md border border-border bg-background p-2 font-mono text-xs leading-5 break-words whitespace-pre-wrap focus-visible:outline-2 focus-visible:outline-ring"
      >
        {JSON.stringify(value, null, 2)}
      </pre>
    </details>
  )
}

/** What the called block knows of the request, as the painted execution shows it. */
function requestIn({ live }: EditorState, executionId: string): JsonObject | null {
  if (live.executionId !== executionId) return null
  for (const { data } of live.blocks.values()) {
    const request = data?.['request']
    if (isJsonObject(request)) return request
  }
  return null
}

function isStatus(status: EditorState['live']['status']): status is ExecutionItem['status'] {
  return status !== 'idle' && status !== 'starting' && status !== 'lost'
}

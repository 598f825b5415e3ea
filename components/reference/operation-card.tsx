import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { CopyButton } from '@/components/ui/copy-button'
import type { PlacedOperation } from './api-reference'
import { curlOf } from './curl'
import { FieldTable } from './field-table'
import { fieldsOf, rulesOf, typeOf } from './fields'

/** One operation: a line that unfolds to what it takes, what it answers, and a call ready to paste. */
export function OperationCard({ method, path, operation }: PlacedOperation) {
  const { operationId, summary, description, parameters, requestBody, responses } = operation
  const body = requestBody?.content['application/json']?.schema
  const [status, answer] = Object.entries(responses).find(([code]) => code.startsWith('2')) ?? []
  const curl = curlOf({ method, path, operation })
  return (
    <details id={operationId} className="group scroll-mt-6">
      <summary className="flex min-h-10 cursor-pointer items-center gap-3 px-3 py-1.5 text-[13px] hover:bg-muted focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-ring [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-3.5 shrink-0 text-muted-foreground group-open:rotate-90" />
        <span className={`w-14 shrink-0 font-mono text-xs font-semibold ${methodColors[method] ?? ''}`}>{method}</span>
        <code className="min-w-0 font-mono text-xs break-all">{path}</code>
        <span className="ml-auto shrink-0 pl-4 text-right text-muted-foreground">{summary}</span>
      </summary>
      <div className="flex flex-col gap-4 border-t border-border bg-background px-4 py-4 text-[13px]">
        {description !== '' && (
          <p className="max-w-2xl">
            <Said text={description} />
          </p>
        )}
        <p className="text-muted-foreground">{needOf(operation['x-scope'])}</p>
        {parameters.length > 0 && (
          <FieldTable
            caption="Parameters"
            rows={parameters.map(({ name, schema, required, in: place }) => ({
              path: name,
              type: typeOf(schema),
              isRequired: required,
              rules: [place === 'path' ? 'in the path' : 'in the query', rulesOf(schema)].filter(Boolean).join(', '),
            }))}
          />
        )}
        {body && fieldsOf(body).length > 0 && <FieldTable caption="Body" rows={fieldsOf(body)} />}
        {answer && (
          <p>
            <span className="mr-2 font-mono text-xs font-semibold text-success">{status}</span>
            <Said text={answer.description} />
          </p>
        )}
        <div className="flex items-start gap-2">
          <pre
            tabIndex={0}
            aria-label={`curl for ${summary}`}
            className="min-w-0 flex-1 overflow-x-auto rounded-md border border-border bg-card px-3 py-2 font-mono text-xs focus-visible:outline-2 focus-visible:outline-ring"
          >
            {curl}
          </pre>
          <CopyButton text={curl} label="Copy" />
        </div>
      </div>
    </details>
  )
}

const methodColors: Record<string, string> = {
  GET: 'text-info',
  POST: 'text-success',
  PUT: 'text-warning',
  PATCH: 'text-warning',
  DELETE: 'text-danger',
}

function needOf(scope: string | null): ReactNode {
  if (scope === null) return 'Open to everyone: no API key is asked for.'
  return (
    <>
      Needs an API key with the scope <code className="font-mono text-xs text-foreground">{scope}</code>.
    </>
  )
}

/** Words between backticks are code. */
function Said({ text }: { text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 1 ? (
      <code key={index} className="font-mono text-xs">
        {part}
      </code>
    ) : (
      part
    ),
  )
}

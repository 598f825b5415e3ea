import type { ApiDocument, ApiOperation } from '@/lib/contract/api-document'
import { OperationCard } from './operation-card'

/** An operation with its place. */
export interface PlacedOperation {
  method: string
  path: string
  operation: ApiOperation
}

/** The API, chapter by chapter: a list of chapters beside it, every operation folded to one line. */
export function ApiReference({ document }: { document: ApiDocument }) {
  const chapters = document.tags.map(({ name }) => ({ name, operations: operationsOf(document, name) }))
  return (
    <div className="flex items-start gap-8">
      <nav aria-label="Chapters" className="sticky top-6 hidden w-40 shrink-0 md:block">
        <ul className="flex flex-col gap-0.5 text-[13px]">
          {chapters.map(({ name, operations }) => (
            <li key={name}>
              <a
                href={`#${idOf(name)}`}
                className="flex justify-between rounded-md px-2 py-1 text-muted-foreground hover:bg-muted hover:text-foreground focus-visible:outline-2 focus-visible:outline-ring"
              >
                {name}
                <span aria-hidden className="tabular-nums">
                  {operations.length}
                </span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className="flex min-w-0 flex-1 flex-col gap-8">
        {chapters.map(({ name, operations }) => (
          <section key={name} aria-labelledby={idOf(name)} className="min-w-0">
            <h2 id={idOf(name)} className="mb-2 scroll-mt-6 text-sm font-semibold">
              {name}
            </h2>
            <ul className="divide-y divide-border overflow-hidden rounded-lg border border-border bg-card shadow-card">
              {operations.map((placed) => (
                <li key={placed.operation.operationId}>
                  <OperationCard {...placed} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  )
}

function operationsOf({ paths }: ApiDocument, tag: string): PlacedOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, operation]) => operation.tags.includes(tag))
      .map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )
}

function idOf(chapter: string): string {
  return `chapter-${chapter.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`
}

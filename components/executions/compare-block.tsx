'use client'

import type { BlockLog } from '@/lib/contract/execution'
import type { BlockComparison } from '@/lib/contract/execution-history'
import type { Json } from '@/lib/contract/json'
import { differingPaths } from '@/lib/editor/differing-paths'
import { previewText } from '@/lib/graph/preview-value'
import { DataView, largeValueHref } from './data-view'

const maxShown = 50

/** What one block took in and gave in two executions, the differing places first. */
export function CompareBlock(props: { block: BlockComparison; left: BlockLog | null; right: BlockLog | null }) {
  const { block, left, right } = props
  const name = block.block_name || block.block_id
  const parts = [
    { title: 'Input', differs: block.input_differs, a: left?.input, b: right?.input },
    { title: 'Output', differs: block.output_differs, a: left?.output, b: right?.output },
  ]
  return (
    <section aria-label={`Differences of ${name}`} className="rounded-lg border border-border bg-card p-4 shadow-card">
      <h2 className="mb-3 font-semibold">{name}</h2>
      <Words title="Error" words={block.error} />
      <Words title="Skipped because" words={block.skip_reason} />
      {parts.map(({ title, differs, a, b }) => (
        <div key={title} className="mb-4">
          <h3 className="mb-1.5 font-medium">{title}</h3>
          {differs && <Places left={a} right={b} title={title} />}
          <div className="mt-2 grid grid-cols-2 gap-4">
            {[a, b].map((value, side) => (
              <div key={side} className="min-w-0">
                {value === undefined ? (
                  <p className="text-muted-foreground">Nothing: it did not run here.</p>
                ) : (
                  <DataView label={`${title} ${side === 0 ? 'A' : 'B'}`} value={value} root={null} />
                )}
              </div>
            ))}
          </div>
        </div>
      ))}
    </section>
  )
}

function Words({ title, words: [a, b] }: { title: string; words: [string | null, string | null] }) {
  if (a === null && b === null) return null
  return (
    <div className="mb-4">
      <h3 className="mb-1.5 font-medium">{title}</h3>
      <div className="grid grid-cols-2 gap-4 break-words">
        <p>{a ?? '–'}</p>
        <p>{b ?? '–'}</p>
      </div>
    </div>
  )
}

/** The places that differ, one on a line. */
function Places({ left, right, title }: { left: Json | undefined; right: Json | undefined; title: string }) {
  // What stands for a value that is kept apart has its own address each time, which says nothing of the value.
  if ([left, right].some((value) => value !== undefined && largeValueHref(value) !== null))
    return <p>They differ. They are too large to be compared place by place: download both.</p>
  const found = differingPaths(left, right, maxShown + 1)
  return (
    <table className="w-full table-fixed border-collapse font-mono text-xs">
      <caption className="sr-only">{title}: what differs</caption>
      <thead className="text-left text-muted-foreground">
        <tr>
          <th className="w-1/4 py-1 pr-2 font-medium">Path</th>
          <th className="py-1 pr-2 font-medium">A</th>
          <th className="py-1 font-medium">B</th>
        </tr>
      </thead>
      <tbody>
        {found.slice(0, maxShown).map(({ path, left: a, right: b }) => (
          <tr key={path} className="border-t border-border align-top">
            <td className="py-1 pr-2 break-all">{path === '' ? 'all of it' : path}</td>
            <td className="py-1 pr-2 break-all text-danger">{a === undefined ? 'missing' : previewText(a)}</td>
            <td className="py-1 break-all text-success">{b === undefined ? 'missing' : previewText(b)}</td>
          </tr>
        ))}
      </tbody>
      {found.length > maxShown && (
        <tfoot>
          <tr>
            <td colSpan={3} className="py-1 text-muted-foreground">
              And more.
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  )
}

'use client'

import { CopyButton } from '@/components/ui/copy-button'
import { JsonTable } from '@/components/ui/json-table'
import { JsonTree, type Path } from '@/components/ui/json-tree'
import { toast } from '@/components/ui/notify'
import { Tabs } from '@/components/ui/tabs'
import { isJsonObject, type Json } from '@/lib/contract/json'
import { isReferableKey } from '@/lib/graph/references'

/** A value as tree, as table and as text. With `root`, what a block is referred to by, each line of the tree offers the
 *  reference that reads it. */
export function DataView({ label, value, root }: { label: string; value: Json; root: string | null }) {
  const href = largeValueHref(value)
  const text = JSON.stringify(value, null, 2)
  const copy = async (path: Path) => {
    const unnamable = path.map(String).find((key) => !isReferableKey(key))
    if (root !== null && unnamable !== undefined)
      return toast.error(`No reference can name the key “${unnamable}”. A code block can read it.`)
    const reference = root === null ? path.join('.') : `<${[root, ...path].join('.')}>`
    try {
      await navigator.clipboard.writeText(reference)
      toast.success(`${reference} is copied`)
    } catch {
      toast(reference)
    }
  }
  const pickLabel = root === null ? 'Copy the path' : 'Copy as reference'
  return (
    <>
      {href !== null && (
        <p className="mb-2 text-xs text-muted-foreground">
          Too large to be shown here.{' '}
          <a href={href} download className="underline">
            Download the whole value
          </a>
        </p>
      )}
      <Tabs
        label={`${label} as`}
        tabs={[
          {
            id: 'tree',
            title: 'Tree',
            content: <JsonTree value={value} pickLabel={pickLabel} onPick={(path) => void copy(path)} />,
          },
          { id: 'table', title: 'Table', content: <JsonTable label={`${label}, table`} value={value} /> },
          { id: 'raw', title: 'Raw', content: <Raw text={text} label={label} /> },
        ]}
      />
    </>
  )
}

function Raw({ text, label }: { text: string; label: string }) {
  return (
    <>
      <pre
        tabIndex={0}
        aria-label={`${label}, raw`}
        className="max-h-96 overflow-auto rounded-md bg-background p-3 font-mono text-xs focus-visible:outline-2 focus-visible:outline-ring"
      >
        {text}
      </pre>
      <div className="mt-2">
        <CopyButton text={text} label="Copy" />
      </div>
    </>
  )
}

/** Large values are kept apart; what stands in their place names their address. */
export function largeValueHref(value: Json): string | null {
  if (!isJsonObject(value) || value['truncated'] !== true) return null
  const href = value['href']
  return typeof href === 'string' && href.startsWith('/api/') ? href : null
}

'use client'

import { CopyButton } from '@/components/ui/copy-button'
import { JsonTable } from '@/components/ui/json-table'
import { JsonTree, type Path } from '@/components/ui/json-tree'
import { toast } from '@/components/ui/notify'
import { Tabs } from '@/components/ui/tabs'
import { isJsonObject, type Json, type JsonObject } from '@/lib/contract/json'
import { isReferableKey } from '@/lib/graph/references'

/** A value as tree, as table and as text. With `root`, what a block is referred to by, each line of the tree offers the
 *  reference that reads it. */
export function DataView({ label, value, root }: { label: string; value: Json; root: string | null }) {
  const href = largeValueHref(value)
  if (href !== null && isJsonObject(value)) return <LargeValue label={label} href={href} kept={value} />
  return <WholeValue label={label} value={value} root={root} />
}

/** What stands for a value that is kept apart: its size, how it begins, and the way to all of it. */
function LargeValue({ label, href, kept }: { label: string; href: string; kept: JsonObject }) {
  const { size_bytes: sizeBytes, preview } = kept
  return (
    <>
      <p className="mb-2">
        Too large to be shown whole{typeof sizeBytes === 'number' && ` (${(sizeBytes / 1_000_000).toFixed(1)} MB)`}.{' '}
        <a href={href} download={`${label}.json`} className="underline">
          Download the whole value
        </a>
      </p>
      {typeof preview === 'string' && <Text text={`${preview}…`} label={`${label}, how it begins`} wraps />}
    </>
  )
}

function WholeValue({ label, value, root }: { label: string; value: Json; root: string | null }) {
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
      <Text text={text} label={`${label}, raw`} />
      <div className="mt-2">
        <CopyButton text={text} label="Copy" />
      </div>
    </>
  )
}

function Text({ text, label, wraps = false }: { text: string; label: string; wraps?: boolean }) {
  return (
    <pre
      tabIndex={0}
      aria-label={label}
      className={`max-h-96 overflow-auto rounded-md bg-background p-3 font-mono text-xs focus-visible:outline-2 focus-visible:outline-ring ${wraps ? 'wrap-anywhere whitespace-pre-wrap' : ''}`}
    >
      {text}
    </pre>
  )
}

/** Large values are kept apart; what stands in their place names their address. */
export function largeValueHref(value: Json): string | null {
  if (!isJsonObject(value) || value['truncated'] !== true) return null
  const href = value['href']
  return typeof href === 'string' && href.startsWith('/api/') ? href : null
}

'use client'

import { ChevronDown, ChevronRight, Link2 } from 'lucide-react'
import { useState } from 'react'

const shownAtOnce = 100
const openDepth = 2

export type Path = readonly (string | number)[]

/** A JSON value as a tree. `onPick` is called with the path of the line whose button was pressed. */
export function JsonTree(props: { value: unknown; pickLabel: string; onPick: (path: Path) => void }) {
  return (
    <div className="overflow-x-auto font-mono text-xs leading-6">
      <Node {...props} path={[]} name={null} />
    </div>
  )
}

interface NodeProps {
  value: unknown
  name: string | number | null
  path: Path
  pickLabel: string
  onPick: (path: Path) => void
}

function Node(props: NodeProps) {
  const { value, name, path } = props
  const entries = entriesOf(value)
  const [limit, setLimit] = useState(shownAtOnce)
  const [isOpen, setIsOpen] = useState(path.length < openDepth)
  if (entries === null || entries.length === 0) {
    return (
      <div className="group flex min-w-0 items-start gap-2 pl-4">
        <Name name={name} />
        <Leaf value={value} />
        <Pick {...props} />
      </div>
    )
  }
  const size = Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`
  const Arrow = isOpen ? ChevronDown : ChevronRight
  return (
    <div>
      <div className="group flex items-center gap-2">
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
          className="inline-flex min-w-0 items-center gap-1 rounded-sm focus-visible:outline-2 focus-visible:outline-ring"
        >
          <Arrow aria-hidden className="size-3 shrink-0 text-muted-foreground" />
          <Name name={name} />
          <span className="text-muted-foreground">{size}</span>
        </button>
        <Pick {...props} />
      </div>
      {isOpen && (
        <div className="ml-1.5 border-l border-border pl-2.5">
          {entries.slice(0, limit).map(([key, one]) => (
            <Node key={key} {...props} value={one} name={key} path={[...path, key]} />
          ))}
          {entries.length > limit && (
            <button
              type="button"
              className="pl-4 text-primary underline"
              onClick={() => setLimit(limit + shownAtOnce * 10)}
            >
              {entries.length - limit} more
            </button>
          )}
        </div>
      )}
    </div>
  )
}

function Name({ name }: { name: string | number | null }) {
  return name === null ? null : <span className="shrink-0 text-info">{name}</span>
}

function Leaf({ value }: { value: unknown }) {
  const tone = typeof value === 'string' ? 'text-success' : value === null ? 'text-muted-foreground' : 'text-warning'
  return <span className={`min-w-0 wrap-anywhere whitespace-pre-wrap ${tone}`}>{JSON.stringify(value)}</span>
}

function Pick({ path, pickLabel, onPick }: NodeProps) {
  return (
    <button
      type="button"
      aria-label={`${pickLabel} ${path.join('.')}`}
      title={pickLabel}
      onClick={() => onPick(path)}
      className="shrink-0 rounded-sm p-1 align-middle text-muted-foreground opacity-0 group-hover:opacity-100 hover:text-foreground focus-visible:opacity-100 focus-visible:outline-2 focus-visible:outline-ring"
    >
      <Link2 aria-hidden className="size-3.5" />
    </button>
  )
}

function entriesOf(value: unknown): [string | number, unknown][] | null {
  if (Array.isArray(value)) return value.map((one: unknown, index) => [index, one])
  return typeof value === 'object' && value !== null ? Object.entries(value) : null
}

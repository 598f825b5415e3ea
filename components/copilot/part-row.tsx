'use client'

import { clsx } from 'clsx'
import { KeyRound, Minus, Pencil, Plus } from 'lucide-react'
import { useId } from 'react'
import { isPartTaken, type DiffPart } from '@/lib/graph/diff-parts'
import type { FieldChange } from '@/lib/graph/diff'
import type { Json } from '@/lib/contract/json'

const looks = {
  added: { icon: Plus, word: 'Added', colour: 'text-success' },
  changed: { icon: Pencil, word: 'Changed', colour: 'text-warning' },
  removed: { icon: Minus, word: 'Removed', colour: 'text-danger' },
}

/** One part of a proposal: accepted while its box is ticked. */
export function PartRow(props: { part: DiffPart; rejected: ReadonlySet<string>; onToggle: () => void }) {
  const { part, rejected, onToggle } = props
  const id = useId()
  const isTaken = isPartTaken(part, rejected)
  const isPossible = part.needs.every((block) => !rejected.has(`add_blocks ${block}`))
  const { icon: Icon, word, colour } = looks[part.kind]
  return (
    <div className="flex items-start gap-2 py-1">
      <input
        id={id}
        type="checkbox"
        checked={isTaken}
        disabled={!isPossible}
        onChange={onToggle}
        className="mt-0.5 size-4 shrink-0"
      />
      <Icon aria-label={word} className={clsx('mt-0.5 size-4 shrink-0', colour)} />
      <div className="min-w-0 flex-1">
        <label
          htmlFor={id}
          className={clsx('font-medium break-words', !isTaken && 'text-muted-foreground line-through')}
        >
          {part.title}
        </label>
        {part.detail !== '' && <p className="truncate text-xs text-muted-foreground">{part.detail}</p>}
        {part.secrets.length > 0 && (
          <p className="flex items-center gap-1 text-xs break-words text-warning">
            <KeyRound aria-hidden className="size-3.5 shrink-0" />
            Uses the secret {part.secrets.join(', ')}
          </p>
        )}
        {part.kept.length > 0 && (
          <p className="text-xs break-words text-muted-foreground">
            You changed {part.kept.join(', ')} meanwhile: that stays as you have it
          </p>
        )}
        {part.fields.length > 0 && <Fields fields={part.fields} title={part.title} />}
      </div>
    </div>
  )
}

function Fields({ fields, title }: { fields: readonly FieldChange[]; title: string }) {
  return (
    <details className="text-xs">
      <summary aria-label={`Details of ${title}`} className="cursor-pointer text-muted-foreground">
        Details
      </summary>
      <dl className="mt-1 space-y-1 border-l border-border pl-2">
        {fields.map(({ path, before, after }) => (
          <div key={path.join('.')}>
            <dt className="font-mono text-muted-foreground">{path.join('.')}</dt>
            {before !== undefined && (
              <dd className="font-mono break-all whitespace-pre-wrap line-through">{say(before)}</dd>
            )}
            {after !== undefined && <dd className="font-mono break-all whitespace-pre-wrap">{say(after)}</dd>}
          </div>
        ))}
      </dl>
    </details>
  )
}

function say(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

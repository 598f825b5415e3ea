import { Minus, Pencil, Plus, type LucideIcon } from 'lucide-react'
import type { ChangedField, GraphChange } from '@/lib/editor/graph-changes'

const looks: Record<GraphChange['kind'], { icon: LucideIcon; colour: string; word: string }> = {
  added: { icon: Plus, colour: 'text-success', word: 'added' },
  changed: { icon: Pencil, colour: 'text-warning', word: 'changed' },
  removed: { icon: Minus, colour: 'text-danger', word: 'removed' },
}

const maxShown = 50
const maxFieldsShown = 12

/** What differs between two graphs, block by block and field by field. */
export function ChangeList({ label, changes }: { label: string; changes: readonly GraphChange[] }) {
  return (
    <ul aria-label={label} className="divide-y divide-border">
      {changes.slice(0, maxShown).map((change) => (
        <li key={`${change.of} ${change.id}`} className="py-2 first:pt-0 last:pb-0">
          <Change change={change} />
        </li>
      ))}
      {changes.length > maxShown && (
        <li className="pt-2 text-muted-foreground">and {changes.length - maxShown} more</li>
      )}
    </ul>
  )
}

function Change({ change: { kind, of, title, fields } }: { change: GraphChange }) {
  const { icon: Icon, colour, word } = looks[kind]
  return (
    <>
      <p className="flex items-start gap-1.5">
        <Icon aria-hidden className={`mt-0.5 size-3.5 shrink-0 ${colour}`} />
        <span className="min-w-0 flex-1 break-words">
          <span className="font-medium">{title}</span>{' '}
          <span className="text-muted-foreground">
            {of === 'edge' ? 'connection ' : ''}
            {word}
          </span>
        </span>
      </p>
      {fields.length > 0 && (
        <dl className="mt-1 ml-5 space-y-1 text-xs">
          {fields.slice(0, maxFieldsShown).map((field) => (
            <Field key={field.title} field={field} />
          ))}
          {fields.length > maxFieldsShown && (
            <div className="text-muted-foreground">and {fields.length - maxFieldsShown} more</div>
          )}
        </dl>
      )}
    </>
  )
}

function Field({ field: { title, before, after } }: { field: ChangedField }) {
  return (
    <div>
      <dt className="text-muted-foreground">{title}</dt>
      <dd className="font-mono break-words">
        {before !== null && <del className="text-danger">{before === '' ? 'empty' : before}</del>}
        {before !== null && after !== null && ' '}
        {after !== null && <ins className="text-success no-underline">{after === '' ? 'empty' : after}</ins>}
      </dd>
    </div>
  )
}

'use client'

import { Plus, X } from 'lucide-react'
import { Button } from '@/components/ui/button'
import type { Pair } from '@/lib/editor/agent-draft'

const inputClass =
  'h-8 min-w-0 rounded-md border border-input bg-background px-2 text-[13px] focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring'

/** Names and values, row by row: the headers of a call. */
export function PairRows(props: {
  label: string
  hint: string
  pairs: readonly Pair[]
  onChange: (pairs: Pair[]) => void
}) {
  const { label, hint, pairs, onChange } = props
  const write = (index: number, change: Partial<Pair>) =>
    onChange(pairs.map((pair, at) => (at === index ? { ...pair, ...change } : pair)))
  return (
    <fieldset className="mb-4">
      <legend className="text-[13px] font-medium">{label}</legend>
      <div className="mt-1.5 flex flex-col gap-1.5">
        {pairs.map((pair, index) => (
          <div key={index} className="flex gap-1.5">
            <input
              aria-label={`${label}: name ${index + 1}`}
              placeholder="Name"
              value={pair.name}
              spellCheck={false}
              onChange={(event) => write(index, { name: event.target.value })}
              className={`${inputClass} w-40`}
            />
            <input
              aria-label={`${label}: value ${index + 1}`}
              placeholder="Value"
              value={pair.value}
              spellCheck={false}
              onChange={(event) => write(index, { value: event.target.value })}
              className={`${inputClass} flex-1 font-mono text-xs`}
            />
            <Button
              variant="quiet"
              className="w-8 px-0"
              aria-label={`Remove ${pair.name || `row ${index + 1}`}`}
              onClick={() => onChange(pairs.filter((_pair, at) => at !== index))}
            >
              <X aria-hidden />
            </Button>
          </div>
        ))}
      </div>
      <Button className="mt-1.5" onClick={() => onChange([...pairs, { name: '', value: '' }])}>
        <Plus aria-hidden />
        Add a header
      </Button>
      <p className="mt-1 text-xs text-muted-foreground">{hint}</p>
    </fieldset>
  )
}

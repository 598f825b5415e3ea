'use client'

import { Plus, X } from 'lucide-react'
import { Button } from '@/components/ui/button'
import type { ModelTerms } from '@/lib/contract/providers'
import { maxModelNameChars, maxModelTimeoutMs, maxOutputTokensLimit } from '@/lib/limits'

/** One model's prices and limits as they are typed. */
export type TermsRow = Record<'model' | keyof ModelTerms, string>

const columns: readonly { key: keyof ModelTerms; title: string; step: string; min: number; max: number }[] = [
  { key: 'input_price', title: 'Input price', step: 'any', min: 0, max: 1_000_000 },
  { key: 'output_price', title: 'Output price', step: 'any', min: 0, max: 1_000_000 },
  { key: 'max_output_tokens', title: 'Most tokens', step: '1', min: 1, max: maxOutputTokensLimit },
  { key: 'timeout_ms', title: 'Patience (ms)', step: '1', min: 1, max: maxModelTimeoutMs },
]
const cellClass =
  'h-8 w-full min-w-0 rounded-md border border-input bg-background px-2 text-[13px] focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring'

/** Prices and limits, a row for each model that has any. */
export function ModelTermsRows(props: { rows: readonly TermsRow[]; onChange: (rows: TermsRow[]) => void }) {
  const { rows, onChange } = props
  const write = (index: number, key: keyof TermsRow, text: string) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, [key]: text } : row)))
  return (
    <fieldset className="mt-1">
      <legend className="text-[13px] font-medium">Prices and limits of single models</legend>
      <p className="mt-0.5 text-xs text-muted-foreground">
        Prices are USD for a million tokens; with them each call is shown with its cost. Patience is the longest wait
        for an answer to begin and for each piece of it. What is left empty has no bound of its own.
      </p>
      {rows.length > 0 && (
        <div className="mt-2 grid grid-cols-[minmax(0,2fr)_repeat(4,minmax(0,1fr))_2rem] items-center gap-1.5">
          {['Model', ...columns.map(({ title }) => title), ''].map((title) => (
            <span key={title} aria-hidden className="truncate text-xs text-muted-foreground">
              {title}
            </span>
          ))}
          {rows.map((row, index) => (
            <div key={index} role="group" aria-label={row.model || `Model ${index + 1}`} className="contents">
              <input
                aria-label={`Model ${index + 1}`}
                value={row.model}
                required
                maxLength={maxModelNameChars}
                spellCheck={false}
                onChange={(event) => write(index, 'model', event.target.value)}
                className={`${cellClass} font-mono text-xs`}
              />
              {columns.map(({ key, title, ...bounds }) => (
                <input
                  key={key}
                  aria-label={`${title} of ${row.model || `model ${index + 1}`}`}
                  type="number"
                  {...bounds}
                  value={row[key]}
                  onChange={(event) => write(index, key, event.target.value)}
                  className={cellClass}
                />
              ))}
              <Button
                variant="quiet"
                className="w-8 px-0"
                aria-label={`Remove ${row.model || `model ${index + 1}`}`}
                onClick={() => onChange(rows.filter((_row, at) => at !== index))}
              >
                <X aria-hidden />
              </Button>
            </div>
          ))}
        </div>
      )}
      <Button className="mt-2" onClick={() => onChange([...rows, emptyRow])}>
        <Plus aria-hidden />
        Add a model
      </Button>
    </fieldset>
  )
}

const emptyRow: TermsRow = { model: '', input_price: '', output_price: '', max_output_tokens: '', timeout_ms: '' }

/** Stored prices and limits as rows to type in. */
export function rowsOfTerms(models: Record<string, ModelTerms>): TermsRow[] {
  return Object.entries(models).map(([model, terms]) => {
    const row = { ...emptyRow, model }
    for (const { key } of columns) row[key] = String(terms[key] ?? '')
    return row
  })
}

/** The rows as the API takes them. */
export function termsOfRows(rows: readonly TermsRow[]): Record<string, ModelTerms> {
  return Object.fromEntries(
    rows.map((row) => {
      const terms: ModelTerms = {}
      for (const { key } of columns) if (row[key].trim() !== '') terms[key] = Number(row[key])
      return [row.model.trim(), terms]
    }),
  )
}

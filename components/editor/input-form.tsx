'use client'

import { useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import type { Json, JsonObject } from '@/lib/contract/json'
import { parsedJson } from '@/lib/editor/parsed-json'
import { readInputs } from '@/lib/editor/run-inputs'

const inputClass =
  'w-full rounded-md border border-input bg-background px-2.5 py-1 text-[13px] focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring'

/** The input of a run: a field for each name, of its value's type, or all of it as JSON. */
export function InputForm({ text, onText }: { text: string; onText: (text: string) => void }) {
  const read = readInputs(text)
  const inputs = 'inputs' in read ? read.inputs : null
  const [isJson, setIsJson] = useState(inputs === null || Object.keys(inputs).length === 0)
  const id = useId()
  const set = (name: string, value: Json) => onText(JSON.stringify({ ...inputs, [name]: value }, null, 2))
  return (
    <>
      <div className="mb-2 flex items-center justify-between">
        <label {...(isJson && { htmlFor: id })} className="text-[13px] font-medium">
          Input
        </label>
        <Button
          variant="quiet"
          className="h-7 aria-pressed:bg-muted aria-pressed:text-foreground"
          aria-pressed={isJson}
          disabled={isJson && inputs === null}
          onClick={() => setIsJson(!isJson)}
        >
          As JSON
        </Button>
      </div>
      {isJson || inputs === null ? (
        <textarea
          id={id}
          rows={6}
          spellCheck={false}
          value={text}
          onChange={(event) => onText(event.target.value)}
          className={`${inputClass} resize-none font-mono text-xs leading-5`}
        />
      ) : (
        <Fields inputs={inputs} onValue={set} />
      )}
    </>
  )
}

function Fields({ inputs, onValue }: { inputs: JsonObject; onValue: (name: string, value: Json) => void }) {
  const names = Object.keys(inputs)
  if (names.length === 0)
    return <p className="text-[13px] text-muted-foreground">No names yet: choose “As JSON” and write some.</p>
  return (
    <div className="flex flex-col gap-2.5">
      {names.map((name) => (
        <InputField key={name} name={name} value={inputs[name] ?? null} onValue={(value) => onValue(name, value)} />
      ))}
    </div>
  )
}

function InputField({ name, value, onValue }: { name: string; value: Json; onValue: (value: Json) => void }) {
  const id = useId()
  const label = (
    <label htmlFor={id} className="mb-1 block truncate font-mono text-xs text-muted-foreground">
      {name}
    </label>
  )
  if (typeof value === 'boolean')
    return (
      <div className="flex items-center gap-2">
        <input
          id={id}
          type="checkbox"
          checked={value}
          onChange={(event) => onValue(event.target.checked)}
          className="size-4"
        />
        <label htmlFor={id} className="truncate font-mono text-xs text-muted-foreground">
          {name}
        </label>
      </div>
    )
  return (
    <div>
      {label}
      {typeof value === 'number' && (
        <input
          id={id}
          type="number"
          step="any"
          // Blank is no number: the form is not sent until it is one again.
          required
          defaultValue={value}
          onChange={({ target }) => target.value !== '' && onValue(target.valueAsNumber)}
          className={inputClass}
        />
      )}
      {typeof value === 'string' && <TextInput id={id} value={value} onValue={onValue} />}
      {(value === null || typeof value === 'object') && <JsonInput id={id} value={value} onValue={onValue} />}
    </div>
  )
}

/** A text: on one line, or on as many as it had when the form was opened. */
function TextInput({ id, value, onValue }: { id: string; value: string; onValue: (value: string) => void }) {
  const [hasLines] = useState(value.includes('\n'))
  const Tag = hasLines ? 'textarea' : 'input'
  return (
    <Tag
      id={id}
      {...(hasLines && { rows: 3 })}
      value={value}
      onChange={({ target }: { target: { value: string } }) => onValue(target.value)}
      className={inputClass}
    />
  )
}

/** A list, an object or null. While it is no JSON the form is not sent: it would run with what was there before. */
function JsonInput({ id, value, onValue }: { id: string; value: Json; onValue: (value: Json) => void }) {
  const [draft, setDraft] = useState(() => JSON.stringify(value, null, 2))
  const [isInvalid, setIsInvalid] = useState(false)
  const change = (field: HTMLTextAreaElement) => {
    setDraft(field.value)
    const next = parsedJson(field.value)
    setIsInvalid(next === undefined)
    field.setCustomValidity(next === undefined ? 'This is not JSON. Mend it, or write null.' : '')
    if (next !== undefined) onValue(next)
  }
  return (
    <textarea
      id={id}
      rows={3}
      spellCheck={false}
      aria-invalid={isInvalid}
      value={draft}
      onChange={(event) => change(event.target)}
      className={`${inputClass} resize-none font-mono text-xs aria-invalid:border-danger`}
    />
  )
}

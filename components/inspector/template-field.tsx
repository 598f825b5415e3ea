'use client'

import { Braces } from 'lucide-react'
import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useCanEdit, useFacts } from '@/components/editor/workflow-context'
import type { Control } from '@/lib/contract/field-meta'
import type { Json } from '@/lib/contract/json'
import { useEditor } from '@/lib/editor/editor-context'
import { parsedJson } from '@/lib/editor/parsed-json'
import { matchingChoices, referenceChoices, type ReferenceChoice } from '@/lib/editor/reference-choices'
import { markReferences } from '@/lib/editor/written-references'
import { ReferenceHint } from './reference-hint'
import { ReferenceList } from './reference-list'
import { ReferenceMarks } from './reference-marks'
import { historyKey } from './take-back'
import { useKnownValues } from './use-known-values'

/** What a field shows of its value. */
export function textOfValue(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

/** The value that was typed: JSON and numbers where the control asks for them and the text is one, else the text. */
export function readDraft(text: string, control: Control): Json | undefined {
  if (text === '') return control === 'json' || control === 'number' ? undefined : ''
  if (control === 'number') return /^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : text
  if (control !== 'json') return text
  const value = parsedJson(text)
  return value === undefined || typeof value === 'string' ? text : value
}

interface TemplateFieldProps {
  id: string
  blockId: string
  text: string
  onText: (text: string) => void
  /** Height to begin with; it grows with its text. One line takes no line breaks. */
  lines: number
  isMono?: boolean
  /** Takes no references. */
  isPlain?: boolean
  isInvalid?: boolean
  describedBy?: string
  label?: string
  placeholder?: string
  inputMode?: 'decimal'
}

interface Asking {
  /** Where the reference begins that is being typed, and where what was typed of it does. */
  start: number
  typedFrom: number
  end: number
  active: number
}

/** A text field that takes references: `<` or `{{` asks which. */
export function TemplateField(props: TemplateFieldProps) {
  const { id, blockId, text, onText, lines, isMono = false, isPlain = false } = props
  const editor = useEditor()
  const canEdit = useCanEdit()
  const variables = useFacts((facts) => facts.variables)
  const listId = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  // While it has the focus the field shows what was typed, not what that means: JSON is not laid out anew under a caret.
  const [draft, setDraft] = useState<string | null>(null)
  const [asking, setAsking] = useState<Asking | null>(null)
  const shown = draft ?? text
  const { scope } = useKnownValues(blockId)
  const marks = useMemo(() => (isPlain ? [] : markReferences(shown, scope)), [shown, scope, isPlain])
  const [at, setAt] = useState<number | null>(null)
  const isPointing = useRef(false)
  const looked = at === null ? undefined : marks.find(({ start, end }) => start <= at && at <= end)

  const choices = asking ? choicesFor(shown.slice(asking.typedFrom, asking.end)) : []
  function choicesFor(typed: string): ReferenceChoice[] {
    const { graph, live } = editor.store.getState()
    const known = { catalog: editor.catalog, lastData: live.lastData, variables }
    return matchingChoices(referenceChoices(graph.current, blockId, known), typed)
  }
  const change = (next: string, caret: number) => {
    const value = lines === 1 ? next.replaceAll('\n', ' ') : next
    setDraft(value)
    onText(value)
    if (!isPlain) setAsking(askingAt(value, caret))
  }
  const pick = (choice: ReferenceChoice) => {
    if (!asking) return
    const next = shown.slice(0, asking.start) + choice.text + shown.slice(asking.end)
    setDraft(next)
    onText(next)
    setAsking(null)
    const caret = asking.start + choice.text.length
    requestAnimationFrame(() => {
      area.current?.focus()
      area.current?.setSelectionRange(caret, caret)
    })
  }
  /** Asks for a reference at the caret, in place of the one that stands there. */
  const ask = () => {
    const caret = area.current?.selectionStart ?? shown.length
    const { start, end } = looked ?? { start: caret, end: caret }
    setAsking({ start, typedFrom: end, end, active: 0 })
    area.current?.focus()
  }
  // Whoever comes by keyboard, or from a problem, finds what is broken selected.
  const onFocus = () => {
    setDraft(text)
    const broken = marks.find(({ isBroken }) => isBroken)
    if (!broken || isPointing.current) return
    area.current?.setSelectionRange(broken.start, broken.end)
    setAt(broken.start)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (lines === 1 && event.key === 'Enter' && !asking) event.preventDefault()
    // What is undone is seen at once: the form around undoes it.
    if (historyKey(event) !== null) {
      setDraft(null)
      setAsking(null)
    }
    if (!asking) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const choice = choices[asking.active]
    if (event.key === 'Escape') setAsking(null)
    else if (step !== undefined && choices.length > 0)
      setAsking({ ...asking, active: (asking.active + step + choices.length) % choices.length })
    else if ((event.key === 'Enter' || event.key === 'Tab') && choice) pick(choice)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      className="group relative rounded-md bg-background"
      onMouseLeave={() => setAt(null)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setAt(null)
      }}
    >
      {marks.length > 0 && <ReferenceMarks text={shown} marks={marks} area={area} isMono={isMono} onPoint={setAt} />}
      <textarea
        ref={area}
        id={id}
        rows={lines}
        value={shown}
        readOnly={!canEdit}
        spellCheck={false}
        aria-label={props.label}
        aria-invalid={props.isInvalid}
        aria-describedby={props.describedBy}
        aria-autocomplete={isPlain ? undefined : 'list'}
        aria-controls={asking ? listId : undefined}
        aria-activedescendant={asking && choices.length > 0 ? `${listId}-${asking.active}` : undefined}
        placeholder={props.placeholder}
        inputMode={props.inputMode}
        onMouseDown={() => void (isPointing.current = true)}
        onMouseUp={() => void (isPointing.current = false)}
        onFocus={onFocus}
        onSelect={(event) => setAt(event.currentTarget.selectionStart)}
        onChange={(event) => change(event.target.value, event.target.selectionStart)}
        onKeyDown={onKeyDown}
        onBlur={() => {
          setDraft(null)
          setAsking(null)
          // A pointer that went down here may have come up elsewhere.
          isPointing.current = false
          editor.endGesture()
        }}
        className={`relative block field-sizing-content max-h-80 min-h-8 w-full resize-none rounded-md border border-input bg-transparent py-1.5 pl-2.5 leading-5 placeholder:text-muted-foreground focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring aria-invalid:border-warning ${isPlain ? 'pr-2.5' : 'pr-8'} ${isMono ? 'font-mono text-xs' : 'text-[13px]'}`}
      />
      {!isPlain && canEdit && (
        <button
          type="button"
          aria-label="Insert a reference"
          title="Insert a reference (or type < or {{)"
          onMouseDown={(event) => event.preventDefault()}
          onClick={ask}
          className="absolute top-1 right-1 grid size-6 place-items-center rounded-sm text-muted-foreground hover:bg-muted hover:text-foreground focus-visible:outline-2 focus-visible:outline-ring"
        >
          <Braces aria-hidden className="size-3.5" />
        </button>
      )}
      {looked && !asking && <ReferenceHint mark={looked} onReplace={canEdit ? ask : null} />}
      {asking && (choices.length > 0 || asking.typedFrom === asking.end) && (
        <ReferenceList id={listId} choices={choices} active={asking.active} onPick={pick} />
      )}
    </div>
  )
}

/** The reference that is being typed before the caret, if any. */
function askingAt(text: string, caret: number): Asking | null {
  const [trigger, typed] = /(<|\{\{)([^<>{}\n]{0,80})$/.exec(text.slice(0, caret))?.slice(1) ?? []
  if (trigger === undefined || typed === undefined) return null
  // `a < b` is a comparison, `<div` may be markup: a blank ends the asking until there is a dot.
  if (typed.startsWith(' ')) return null
  const typedFrom = caret - typed.length
  return { start: typedFrom - trigger.length, typedFrom, end: caret, active: 0 }
}

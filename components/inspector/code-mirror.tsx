'use client'

import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import type { python } from '@codemirror/lang-python'
import { EditorView } from '@codemirror/view'
import CodeMirror from '@uiw/react-codemirror'
import { use, useMemo, useState } from 'react'

/** How a language is highlighted. */
export type Grammar = ReturnType<typeof python>

/** A script with highlighting and completion. Tab leaves the field: the keyboard is never caught in it. */
export function CodeMirrorEditor(props: {
  id: string
  label: string
  text: string
  loadGrammar: () => Promise<Grammar>
  /** Offered while typing: the variables the script finds. */
  names: readonly string[]
  isReadOnly: boolean
  isDark: boolean
  onText: (text: string) => void
  onLeave?: () => void
  /** Height while it holds little. */
  minHeight: string
}) {
  const { id, label, text, loadGrammar, names, isReadOnly, isDark, onText, onLeave, minHeight } = props
  const grammar = use(loadGrammar())
  const nameList = names.join('\n')
  const extensions = useMemo(() => {
    const complete = (context: CompletionContext): CompletionResult | null => {
      const word = context.matchBefore(/[\p{L}_][\p{L}\p{N}_]*/u)
      if (!word) return null
      return { from: word.from, options: nameList.split('\n').map((name) => ({ label: name, type: 'variable' })) }
    }
    return [
      grammar,
      grammar.language.data.of(nameList === '' ? {} : { autocomplete: complete }),
      EditorView.contentAttributes.of({ id, 'aria-label': label }),
      look,
    ]
  }, [grammar, nameList, id, label])
  // What is typed goes out at once and comes back as `text`: the field keeps its own, so no caret is moved by the echo.
  const [draft, setDraft] = useState<string | null>(null)
  return (
    <CodeMirror
      value={draft ?? text}
      theme={isDark ? 'dark' : 'light'}
      extensions={extensions}
      readOnly={isReadOnly}
      indentWithTab={false}
      basicSetup={{ foldGutter: false, highlightActiveLine: false, highlightActiveLineGutter: false }}
      minHeight={minHeight}
      maxHeight="420px"
      onChange={(next) => {
        setDraft(next)
        onText(next)
      }}
      onBlur={() => {
        setDraft(null)
        onLeave?.()
      }}
      className="overflow-hidden rounded-md border border-input focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-ring"
    />
  )
}

const look = EditorView.theme({
  '&': { fontSize: '12px', backgroundColor: 'var(--background) !important' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono, ui-monospace, monospace)', lineHeight: '1.5' },
  // Its pictures need fonts that few have.
  '.cm-completionIcon': { display: 'none' },
  '.cm-tooltip.cm-tooltip-autocomplete': {
    padding: '4px',
    border: '1px solid var(--border)',
    borderRadius: '6px',
    backgroundColor: 'var(--card)',
    boxShadow: 'var(--shadow)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '2px 6px', borderRadius: '4px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--primary)',
    color: 'var(--primary-foreground)',
  },
  '.cm-gutters': { backgroundColor: 'var(--background) !important', borderRight: '1px solid var(--border)' },
})

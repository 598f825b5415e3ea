'use client'

import dynamic from 'next/dynamic'
import { loadLater } from '@/components/ui/load-later'
import { useIsDark } from './use-is-dark'

// Nothing else on the page needs them. In parts: evaluating all of it at once would hold up the page.
const grammars = {
  python: loadLater(() => import('./python-grammar').then((module) => module.grammar), { isHeavy: true }),
  javascript: loadLater(() => import('./javascript-grammar').then((module) => module.grammar), { isHeavy: true }),
}
const CodeMirrorEditor = dynamic(
  loadLater(() => import('./code-mirror').then((module) => module.CodeMirrorEditor), { isHeavy: true }),
  {
    ssr: false,
    loading: () => <div aria-busy className="absolute inset-0 rounded-md border border-input bg-background" />,
  },
)

/** A script or JSON with highlighting, and names offered as it is typed. */
export function CodeEditor(props: {
  id: string
  label: string
  language: 'python' | 'javascript' | 'json'
  text: string
  /** Offered while typing: the variables the script finds. */
  names: readonly string[]
  isReadOnly: boolean
  onText: (text: string) => void
  onLeave?: () => void
  /** Height while it holds little. */
  minHeight?: string
}) {
  const { language, names, minHeight = '160px', ...field } = props
  const isDark = useIsDark()
  return (
    <div style={{ minHeight }} className="relative">
      <CodeMirrorEditor
        {...field}
        loadGrammar={grammars[language === 'python' ? 'python' : 'javascript']}
        names={language === 'json' ? noNames : names}
        isDark={isDark}
        minHeight={minHeight}
      />
    </div>
  )
}

const noNames: readonly string[] = []

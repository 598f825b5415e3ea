'use client'

import dynamic from 'next/dynamic'
import { useCanEdit } from '@/components/editor/workflow-context'
import { loadLater } from '@/components/ui/load-later'
import { useEditor } from '@/lib/editor/editor-context'
import { blocksBefore } from '@/lib/editor/reference-choices'
import { readText } from '@/lib/blocks/contract'
import { useIsDark } from './use-is-dark'
import { useWriteField, type ControlProps } from './use-write-field'
import { textOfValue } from './template-field'

// Loaded with the first code field that is shown: nothing else on the page needs it.
const CodeEditor = dynamic(
  loadLater(() => import('./code-editor').then((module) => module.CodeEditor)),
  { ssr: false, loading: () => <div aria-busy className="h-40 rounded-md border border-input bg-background" /> },
)

/** A script, with the names it can use offered as it is typed. */
export function CodeField({ id, block, field }: ControlProps) {
  const editor = useEditor()
  const canEdit = useCanEdit()
  const write = useWriteField(block, field)
  const isDark = useIsDark()
  const names = blocksBefore(editor.store.getState().graph.current, block.id).flatMap(({ id: blockId, name }) =>
    [blockId, name].map((text) => text.replace(/[- ]/g, '_')).filter((text) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text)),
  )
  return (
    <CodeEditor
      id={id}
      label={field.title}
      language={readText(block.config['language']).toLowerCase() === 'javascript' ? 'javascript' : 'python'}
      text={textOfValue(block.config[field.key])}
      names={[...new Set([...names, 'input_data'])]}
      isReadOnly={!canEdit}
      isDark={isDark}
      onText={write}
      onLeave={() => editor.endGesture()}
    />
  )
}

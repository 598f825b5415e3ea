'use client'

import { useCanEdit } from '@/components/editor/workflow-context'
import { useEditor } from '@/lib/editor/editor-context'
import { blocksBefore } from '@/lib/editor/reference-choices'
import { readText } from '@/lib/blocks/contract'
import { CodeEditor } from './code-editor'
import { useWriteField, type ControlProps } from './use-write-field'
import { textOfValue } from './template-field'

/** A script, with the names it can use offered as it is typed. */
export function CodeField({ id, block, field }: ControlProps) {
  const editor = useEditor()
  const canEdit = useCanEdit()
  const write = useWriteField(block, field)
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
      onText={write}
      onLeave={() => editor.endGesture()}
    />
  )
}

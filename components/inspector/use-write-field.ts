'use client'

import type { BlockDefinition } from '@/lib/blocks/contract'
import type { Block } from '@/lib/contract/graph'
import type { Json } from '@/lib/contract/json'
import type { ConfigField } from '@/lib/editor/config-fields'
import { useEditor } from '@/lib/editor/editor-context'
import { setConfigField } from '@/lib/graph/edit'

/** What every control of a config field is given. */
export interface ControlProps {
  id: string
  block: Block
  definition: BlockDefinition
  field: ConfigField
  isInvalid: boolean
  describedBy: string
}

/** Writes a field's value, undefined to take it away. Typing is one step of the history. */
export function useWriteField(block: Block, field: ConfigField): (value: Json | undefined) => void {
  const editor = useEditor()
  const { id: blockId } = block
  const { key, title } = field
  return (value) =>
    void editor.edit((graph) => setConfigField(graph, { blockId, path: [key], value }), {
      label: `Edit ${title}`,
      coalesce: `config ${blockId} ${key}`,
    })
}

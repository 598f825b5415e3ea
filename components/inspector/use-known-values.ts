'use client'

import { useMemo } from 'react'
import { useFacts } from '@/components/editor/workflow-context'
import { isJsonObject } from '@/lib/contract/json'
import { useEditorState } from '@/lib/editor/editor-context'
import { lastScope, type KnownScope } from '@/lib/editor/last-scope'

/** What a block's references would read now, by the newest data this page has seen. */
export function useKnownValues(blockId: string): { scope: KnownScope; hasData: boolean } {
  const graph = useEditorState((state) => state.graph.current)
  const lastData = useEditorState(({ live }) => live.lastData)
  const input = useEditorState(({ live }) => live.input)
  const variables = useFacts((facts) => facts.variables)
  return useMemo(() => {
    const known = { lastData, variables: { ...variables, ...(isJsonObject(input) && input) } }
    return { scope: lastScope(graph, blockId, known), hasData: lastData.size > 0 }
  }, [graph, blockId, lastData, variables, input])
}

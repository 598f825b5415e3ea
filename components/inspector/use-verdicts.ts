'use client'

import { useEffect, useMemo, useState } from 'react'
import type { BlockDefinition } from '@/lib/blocks/contract'
import type { Block } from '@/lib/contract/graph'
import { isJsonObject, type Json } from '@/lib/contract/json'
import type { evaluateCondition } from '@/lib/graph/condition'
import { useKnownValues } from './use-known-values'

/** What became of a branch: true, false, why it could not be told, or `unreached` behind one that was true. */
export interface Verdict {
  kind: 'true' | 'false' | 'failed' | 'unreached'
  /** The expression with values in place of references, or what is wrong with it; empty when it has none. */
  detail: string
}

/** Decides the branches of a block that routes by expressions, as a run would with the data of the last one. By handle;
 *  empty until there is data. */
export function useVerdicts(block: Block, definition: BlockDefinition, fieldKey: string): ReadonlyMap<string, Verdict> {
  const decides = (definition.capabilities.routes ?? false) && definition.expressionFields.includes(fieldKey)
  const { scope, hasData } = useKnownValues(block.id)
  const evaluate = useEvaluator(decides && hasData)
  return useMemo(() => {
    if (!evaluate || !decides || !hasData) return nothing
    const debug = evaluate(block.config, scope).data['_debug']
    const decided = new Map((Array.isArray(debug) ? debug : []).flatMap(verdictOf))
    const handles = definition.outputs(block.config).slice(0, -1)
    return new Map(handles.map(({ id }) => [id, decided.get(id) ?? { kind: 'unreached', detail: '' }]))
  }, [evaluate, decides, hasData, block.config, definition, scope])
}

const nothing: ReadonlyMap<string, Verdict> = new Map()

// The language of conditions is loaded with the first branch that is shown.
function useEvaluator(isWanted: boolean): typeof evaluateCondition | null {
  const [evaluate, setEvaluate] = useState<typeof evaluateCondition | null>(null)
  useEffect(() => {
    if (!isWanted) return
    const visit = { isOver: false }
    void import('@/lib/graph/condition').then(
      (module) => visit.isOver || setEvaluate(() => module.evaluateCondition),
      // Without it branches are shown as they are.
      () => undefined,
    )
    return () => void (visit.isOver = true)
  }, [isWanted])
  return evaluate
}

function verdictOf(entry: Json): [string, Verdict][] {
  if (!isJsonObject(entry) || typeof entry['branch'] !== 'string') return []
  const { branch, error, result, raw, resolved } = entry
  if (typeof error === 'string') return [[branch, { kind: 'failed', detail: error }]]
  const detail = typeof resolved === 'string' && resolved !== raw ? resolved : ''
  return [[branch, { kind: result === true ? 'true' : 'false', detail }]]
}

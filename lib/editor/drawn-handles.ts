import type { BlockDefinition } from '../blocks/contract'
import type { Edge } from '../contract/graph'
import type { JsonObject } from '../contract/json'
import { edgeProblem, edgeTrigger, errorHandle } from '../graph/edge-trigger'
import { rowMiddle, singleOutputY } from './card-size'

/** Where edges leave a card. */
export interface DrawnHandle {
  id: string
  /** `output` always, `branch` when its route was taken, `error` when the block failed; `unknown`: an edge names it but
   *  the block does not have it. */
  kind: 'output' | 'branch' | 'error' | 'unknown'
  /** Short name at the handle; empty for the only output. */
  label: string
  /** What stands beside the label: a branch's expression. */
  detail: string
  /** Has a row of its own under the header. */
  isRow: boolean
  /** Distance from the card's upper edge; null: a fixed distance above the lower edge. */
  y: number | null
}

type Way = Pick<DrawnHandle, 'id' | 'kind' | 'label' | 'detail'>

/** The handles of a card in the order they stand: outputs, what its edges name beyond them, and the error handle of
 *  every block that is no trigger (or has an edge there all the same). */
export function drawnHandles(definition: BlockDefinition, config: JsonObject, leaving: readonly Edge[]): DrawnHandle[] {
  const outputs = definition.outputs(config)
  const isRouting = definition.capabilities.routes === true
  const ways: Way[] = outputs.map(({ id, label }) =>
    isRouting
      ? { id, kind: 'branch', label: id.replaceAll('_', ' '), detail: label === id ? '' : label }
      : { id, kind: 'output', label: outputs.length > 1 ? label : '', detail: '' },
  )
  for (const edge of leaving) {
    const id = leavesFrom(edge, definition, config)
    if (id === errorHandle || ways.some((way) => way.id === id)) continue
    const isProblem = edgeProblem(edge, definition, config) !== null
    ways.push(
      isProblem
        ? { id, kind: 'unknown', label: id, detail: 'no such branch' }
        : { id, kind: 'output', label: 'always', detail: '' },
    )
  }
  const hasRows = ways.length > 1 || isRouting
  const drawn = ways.map((way, index) => ({
    ...way,
    isRow: hasRows,
    y: hasRows ? rowMiddle(index) : singleOutputY,
  }))
  const isErrorUsed = leaving.some((edge) => edge.sourceHandle === errorHandle)
  if (definition.capabilities.trigger && !isErrorUsed) return drawn
  return [...drawn, errorOf(isErrorUsed, hasRows, drawn.length)]
}

/** Id of the handle an edge is drawn from: the one whose outcome makes it live. */
export function leavesFrom(edge: Edge, definition: BlockDefinition, config: JsonObject): string {
  const trigger = edgeTrigger(edge, definition)
  if (trigger.kind === 'error') return errorHandle
  if (trigger.kind === 'route') return trigger.route
  const outputs = definition.outputs(config)
  if (edgeProblem(edge, definition, config) !== null || outputs.some(({ id }) => id === edge.sourceHandle))
    return edge.sourceHandle
  return definition.capabilities.routes ? 'output' : (outputs[0]?.id ?? 'output')
}

/** A row where the card has rows; else a corner of its own, named only when something leaves there. */
function errorOf(isUsed: boolean, hasRows: boolean, index: number): DrawnHandle {
  return {
    id: errorHandle,
    kind: 'error',
    label: hasRows || isUsed ? 'error' : '',
    detail: '',
    isRow: hasRows,
    y: hasRows ? rowMiddle(index) : null,
  }
}

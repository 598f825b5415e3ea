import type { EdgeTrigger } from './plan'
import type { Edge } from '../contract/graph'
import type { JsonObject } from '../contract/json'
import type { BlockDefinition } from '../blocks/contract'

/** The handle every block but a trigger has: what leaves there runs when the block failed. */
export const errorHandle = 'error'

/** Reads from a saved edge when it is live. A blank condition is no condition: an edge that can never be live helps
 *  nobody. Source: API contract, section 6, "Edge liveness". */
export function edgeTrigger(edge: Edge, source: BlockDefinition): EdgeTrigger {
  if (edge.sourceHandle === errorHandle) return { kind: 'error' }
  if (edge.condition !== null && edge.condition !== '') return { kind: 'route', route: edge.condition }
  if (source.capabilities.routes && routeHandle.test(edge.sourceHandle))
    return { kind: 'route', route: edge.sourceHandle }
  return { kind: 'always' }
}

/** Says what is wrong with where an edge leaves its block, or null: a condition or handle the block does not have. */
export function edgeProblem(edge: Edge, source: BlockDefinition, config: JsonObject): string | null {
  const trigger = edgeTrigger(edge, source)
  const handles = source.outputs(config).map(({ id }) => id)
  const known = handles.length === 0 ? 'none' : handles.join(', ')
  switch (trigger.kind) {
    case 'error':
      return null
    case 'route':
      if (source.capabilities.routes && handles.includes(trigger.route)) return null
      return source.capabilities.routes
        ? `waits for the branch ${trigger.route}, which the block does not have (it has ${known})`
        : `waits for the branch ${trigger.route}, but a ${source.title} block has no branches, so it never runs; remove its condition`
    case 'always':
      if (edge.sourceHandle === '' || plainHandle.test(edge.sourceHandle) || handles.includes(edge.sourceHandle))
        return null
      return `leaves from the handle ${edge.sourceHandle}, which the block does not have (it has ${known})`
  }
}

const routeHandle = /^(?:if|else|elif_\d+)$/
const plainHandle = /^(?:output|\d+)$/

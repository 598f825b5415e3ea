import { z } from 'zod'
import type { WorkflowDetail } from '../contract/workflows'
import type { Graph } from '../contract/graph'
import { send } from './api-client'
import { drawGraph } from './draw-graph'
import { readGraph } from './graph-client'

/** What the editor shows of a workflow beside its graph: nothing of it is part of a version. */
export type WorkflowFacts = Omit<WorkflowDetail, 'blocks' | 'edges' | 'version'>

// Our own server's answer: beside the graph it is checked for being there, not key by key.
const factsSchema = z.custom<WorkflowFacts>((value) => typeof value === 'object' && value !== null && 'state' in value)

export interface OpenedWorkflow {
  facts: WorkflowFacts
  graph: Graph
  version: number
}

/** Reads a workflow to edit it, credentials of its webhooks included. @throws ApiError. */
export async function openWorkflow(workflowId: string): Promise<OpenedWorkflow> {
  const answer = await send('GET', `/api/workflows/${workflowId}`)
  const { graph, version } = readGraph(answer)
  return { facts: factsSchema.parse(answer), graph: placedGraph(graph), version }
}

/** Reads what is known of a workflow beside its graph. @throws ApiError. */
export async function readFacts(workflowId: string): Promise<WorkflowFacts> {
  return factsSchema.parse(await send('GET', `/api/workflows/${workflowId}`))
}

/** A graph whose blocks all lie on one spot, as programs save it, laid out; any other as it is. The places are saved with
 *  the first edit, not before. */
function placedGraph(graph: Graph): Graph {
  const places = new Map(drawGraph(graph).blocks.map(({ id, x, y }) => [id, { x, y }]))
  const blocks = graph.blocks.map((block) => {
    const place = places.get(block.id) ?? block.position
    return place.x === block.position.x && place.y === block.position.y ? block : { ...block, position: place }
  })
  return { blocks, edges: graph.edges }
}

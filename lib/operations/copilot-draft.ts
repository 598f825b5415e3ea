import 'server-only'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { catalog } from '../blocks/catalog'
import type { Block, Edge, Graph } from '../contract/graph'
import { isJsonObject, type JsonObject } from '../contract/json'
import type { WorkflowDiff } from '../contract/workflow-diff'
import { freeName, namesOf } from '../graph/names'
import { placeAdded } from '../graph/place-added'
import { withoutCredentials } from '../graph/update-block'
import { maxBlockIdChars, maxNameChars } from '../limits'

const object = z.looseObject({})
const id = z.string().min(1).max(maxBlockIdChars)
const end = { source: z.string(), target: z.string(), sourceHandle: z.string().optional() }

/** A change as a model writes it: shorter than the diff it becomes. */
export const draftSchema = z.object({
  add_blocks: z
    .array(
      z.object({
        id: id.describe(
          'Short and telling, letters digits _ -, such as "summarise". References name it: <summarise.output>',
        ),
        type: z.string(),
        name: z.string().max(maxNameChars).optional().describe('What a person reads on the card'),
        config: object.optional(),
        enabled: z.boolean().optional(),
      }),
    )
    .optional(),
  update_blocks: z
    .array(
      z.object({
        id,
        name: z.string().max(maxNameChars).optional(),
        config: object.optional().describe('Fields to set; the others stay as they are'),
        unset: z.array(z.string()).optional().describe('Fields to take out of the config'),
        enabled: z.boolean().optional(),
      }),
    )
    .optional(),
  remove_blocks: z.array(z.string()).optional().describe('Block ids. Their edges go with them'),
  add_edges: z.array(z.object({ ...end, condition: z.string().optional() })).optional(),
  remove_edges: z.array(z.object(end)).optional(),
})
export type Draft = z.infer<typeof draftSchema>

/** Makes a diff of a draft on the graph as the model saw it: ids minted, places found, credentials left out. `problems`
 *  name what cannot be made sense of. */
export function diffOfDraft(draft: Draft, graph: Graph): { diff: WorkflowDiff; problems: string[] } {
  const known = new Map(graph.blocks.map((block) => [block.id, block]))
  const removed = draft.remove_blocks ?? []
  const added = addedBlocks(draft, graph)
  const addedIds = new Set(added.map((block) => block.id))
  const problems = [
    ...added.flatMap((block) => [
      ...(catalog.has(block.type) ? [] : [`add_blocks: there is no block type ${block.type}`]),
      ...(known.has(block.id) && !removed.includes(block.id) ? [`add_blocks: the id ${block.id} is taken`] : []),
    ]),
    ...repeated(added.map((block) => block.id)).map((one) => `add_blocks: the id ${one} stands there twice`),
    ...(draft.update_blocks ?? []).flatMap((update) => unknownId('update_blocks', update.id, known, addedIds)),
    ...removed.flatMap((one) => unknownId('remove_blocks', one, known, addedIds)),
  ]
  const edges = addedEdges(draft, graph)
  for (const { source, target } of edges)
    for (const one of [source, target])
      if (!addedIds.has(one) && (!known.has(one) || removed.includes(one)))
        problems.push(`add_edges: there is no block ${one}`)
  const diff: WorkflowDiff = {
    add_blocks: problems.length > 0 ? added : placed(graph, removed, added, edges),
    remove_blocks: [...new Set(removed)],
    update_blocks: (draft.update_blocks ?? []).flatMap((update) => {
      const block = known.get(update.id)
      return block ? [updateOf(update, block)] : []
    }),
    add_edges: edges,
    remove_edges: removedEdges(draft, graph, problems),
  }
  return { diff, problems }
}

function addedBlocks({ add_blocks: blocks = [] }: Draft, graph: Graph): Block[] {
  const taken = namesOf(graph.blocks)
  return blocks.map((block) => {
    const definition = catalog.get(block.type)
    const name = freeName(block.name?.trim() || (definition?.title ?? ''), taken)
    taken.push(name)
    const config = withoutCredentials(
      { ...structuredClone(definition?.defaults ?? {}), ...json(block.config) },
      definition,
    )
    return { id: block.id, type: block.type, name, position: { x: 0, y: 0 }, config, enabled: block.enabled ?? true }
  })
}

function updateOf(
  { id, name, config, unset = [], enabled }: NonNullable<Draft['update_blocks']>[number],
  block: Block,
): WorkflowDiff['update_blocks'][number] {
  const merged = Object.entries({ ...block.config, ...json(config) }).filter(([key]) => !unset.includes(key))
  const isConfigSet = config !== undefined || unset.length > 0
  const definition = catalog.get(block.type)
  return {
    id,
    was: {
      ...(name !== undefined && { name: block.name }),
      ...(enabled !== undefined && { enabled: block.enabled }),
      ...(isConfigSet && { config: withoutCredentials(block.config, definition) }),
    },
    ...(name !== undefined && { name }),
    ...(enabled !== undefined && { enabled }),
    ...(isConfigSet && { config: withoutCredentials(Object.fromEntries(merged), definition) }),
  }
}

function addedEdges({ add_edges: edges = [], remove_blocks: removed = [] }: Draft, graph: Graph): Edge[] {
  const key = (edge: Pick<Edge, 'source' | 'target' | 'sourceHandle'>) =>
    JSON.stringify([edge.source, edge.sourceHandle, edge.target])
  const there = new Set(graph.edges.filter((edge) => !removed.includes(edge.source)).map(key))
  return edges.flatMap(({ source, target, sourceHandle = 'output', condition = null }) => {
    const edge = { id: randomUUID(), source, target, sourceHandle, targetHandle: 'input', condition }
    if (there.has(key(edge))) return []
    there.add(key(edge))
    return [edge]
  })
}

function removedEdges({ remove_edges: ends = [] }: Draft, graph: Graph, problems: string[]): string[] {
  return ends.flatMap(({ source, target, sourceHandle }) => {
    const found = graph.edges.filter(
      (edge) =>
        edge.source === source &&
        edge.target === target &&
        (sourceHandle === undefined || edge.sourceHandle === sourceHandle || edge.condition === sourceHandle),
    )
    if (found.length === 0) problems.push(`remove_edges: no edge leads from ${source} to ${target}`)
    return found.map((edge) => edge.id)
  })
}

const card = { width: 248, header: 60, row: 28 }

function placed(graph: Graph, removed: readonly string[], blocks: readonly Block[], edges: readonly Edge[]): Block[] {
  const left = { ...graph, blocks: graph.blocks.filter((block) => !removed.includes(block.id)) }
  return placeAdded(left, { blocks, edges }, ({ type, config }) => {
    const outputs = catalog.get(type)?.outputs(config).length ?? 1
    return { width: card.width, height: card.header + (outputs > 1 ? (outputs + 1) * card.row : 0) }
  })
}

function unknownId(list: string, id: string, known: ReadonlyMap<string, Block>, added: ReadonlySet<string>): string[] {
  if (known.has(id)) return []
  return [added.has(id) ? `${list}: ${id} is being added; write it there` : `${list}: there is no block ${id}`]
}

function repeated(ids: readonly string[]): string[] {
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))]
}

function json(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {}
}

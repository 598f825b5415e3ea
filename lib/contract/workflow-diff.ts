import { z } from 'zod'
import { maxBlockIdChars, maxBlocks, maxEdges } from '../limits'
import { blockSchema, edgeSchema } from './graph'
import { isJsonObject, type JsonObject } from './json'

const id = z.string().min(1).max(maxBlockIdChars)
const newEdgeSchema = edgeSchema.extend({
  id,
  sourceHandle: z.string(),
  targetHandle: z.string(),
  condition: z.string().nullable(),
})
// The whole config. Credentials are left out of it, and hidden values stand as their mark.
const config = z.custom<JsonObject>(isJsonObject, 'must be an object')
const blockUpdateSchema = blockSchema
  .pick({ id: true })
  .extend({
    name: z.string(),
    config,
    enabled: z.boolean(),
    /** What the changed fields were when it was proposed: what differs from them is what is proposed. */
    was: z.object({ name: z.string(), config, enabled: z.boolean() }).partial(),
  })
  .partial({ name: true, config: true, enabled: true, was: true })

/** A proposed change of a graph: applied as one, or in parts. Source: API contract, section 11. */
export const workflowDiffSchema = z.object({
  add_blocks: z.array(blockSchema).max(maxBlocks),
  remove_blocks: z.array(id),
  update_blocks: z.array(blockUpdateSchema),
  add_edges: z.array(newEdgeSchema).max(maxEdges),
  remove_edges: z.array(id),
})
export type WorkflowDiff = z.infer<typeof workflowDiffSchema>
export type BlockUpdate = z.infer<typeof blockUpdateSchema>

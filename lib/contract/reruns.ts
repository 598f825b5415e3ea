import { z } from 'zod'
import type { Endpoint } from './endpoint'
import { executionParams, type ExecutionParams } from './executions'
import { isJsonObject, type JsonObject } from './json'
import { uuidParam } from './workflows'
import { maxApiBodyBytes, maxBlockIdChars } from '../limits'

const object = z.custom<JsonObject>(isJsonObject, 'must be an object').meta({ type: 'object' })
const blockId = z.string().min(1).max(maxBlockIdChars)
const anyQuery = z.object({})

/** Body of a rerun. Without a block the whole run is repeated, `input` in place of its input. With `from_block` that
 *  block and all after it run, with `only_block` (its id, or true beside `from_block`) that block alone; what settled
 *  before is reused, and `input` is laid over the block's resolved config. */
export const rerunBodySchema = z
  .object({
    version: z.enum(['same', 'newest']).default('same'),
    from_block: blockId.nullish(),
    only_block: z.union([blockId, z.boolean()]).nullish(),
    input: object.nullish(),
    /** False runs blocks whose data is pinned; true has `from_block` itself stay pinned, which otherwise runs. */
    pins: z.boolean().nullish(),
  })
  .refine(({ from_block, only_block }) => only_block !== true || typeof from_block === 'string', {
    path: ['only_block'],
    message: 'true needs from_block beside it; or give the id of the block',
  })
  .refine(
    ({ from_block, only_block }) =>
      typeof only_block !== 'string' || typeof from_block !== 'string' || from_block === only_block,
    { path: ['only_block'], message: 'names another block than from_block' },
  )
export type RerunBody = z.infer<typeof rerunBodySchema>

/** `POST /api/workflows/{id}/executions/{eid}/rerun`. */
export const rerunEndpoint: Endpoint<ExecutionParams, object, RerunBody> = {
  scope: 'run',
  params: executionParams,
  query: anyQuery,
  body: rerunBodySchema,
  maxBodyBytes: maxApiBodyBytes,
  status: 200,
}

const blockParams = z.object({ id: uuidParam, block_id: z.string() })
export type BlockParams = z.infer<typeof blockParams>

/** Body of a single block's run: `input` is laid over its resolved config, `data` are the blocks before it, by id, else
 *  what they gave in the execution `execution_id`, else what is pinned. */
export const runBlockBodySchema = z.object({
  input: object.nullish(),
  execution_id: uuidParam.nullish(),
  data: object.nullish(),
  variables: object.nullish(),
  pins: z.boolean().nullish(),
})
export type RunBlockBody = z.infer<typeof runBlockBodySchema>

/** `POST /api/workflows/{id}/blocks/{block_id}/run`. */
export const runBlockEndpoint: Endpoint<BlockParams, object, RunBlockBody> = {
  scope: 'run',
  params: blockParams,
  query: anyQuery,
  body: runBlockBodySchema,
  maxBodyBytes: maxApiBodyBytes,
  status: 200,
}

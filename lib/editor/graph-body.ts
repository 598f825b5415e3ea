import { z } from 'zod'
import { isJsonObject, type JsonObject } from '../contract/json'

const blockSchema = z.looseObject({ type: z.string(), config: z.custom<JsonObject>(isJsonObject).nullish() })
const graphShape = { blocks: z.array(blockSchema), edges: z.array(z.looseObject({})).default([]) }

/** A graph as a file or template holds it: enough of its shape to mint credentials; the server judges the rest. */
export const graphBodySchema = z.object(graphShape)
export type GraphBody = z.infer<typeof graphBodySchema>

/** A workflow as a file holds it: our export, the other product's (the same keys, or wrapped in `workflow`), or a bare
 *  graph. */
export const workflowFileSchema = z.preprocess(
  (value) => (isJsonObject(value) && isJsonObject(value['workflow']) ? value['workflow'] : value),
  z.object({
    ...graphShape,
    name: z.string().nullish(),
    description: z.string().nullish(),
    color: z.string().nullish(),
    variables: z.custom<JsonObject>(isJsonObject).nullish(),
    notes: z.array(z.looseObject({})).nullish(),
  }),
)

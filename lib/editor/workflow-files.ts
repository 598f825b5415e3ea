import { maxGraphBodyBytes, maxNameChars } from '../limits'
import { ApiError } from './api-client'
import { workflowFileSchema } from './graph-body'
import { parsedJson } from './parsed-json'
import { mintCredentials, withoutCredentials } from './webhook-credentials'
import { tooLargeForWorkflow, whyNoWorkflow } from './why-no-workflow'
import { createWithGraph } from './workflow-client'
import { readWorkflow } from './workflow-reader'

/** Makes a copy of a workflow, webhook credentials minted anew, and tells its id. Pins and history stay behind.
 *  @throws ApiError. */
export async function duplicateWorkflow(id: string): Promise<string> {
  const original = await readWorkflow(id)
  return createWithGraph({ ...original, name: shortName(`Copy of ${original.name}`), ...mintCredentials(original) })
}

/** A workflow as a file: the text and a name for it. Webhook credentials stay behind. @throws ApiError. */
export async function exportWorkflow(id: string): Promise<{ fileName: string; text: string }> {
  const { name, description, color, variables, notes, ...graph } = await readWorkflow(id)
  const file = { format: 'sluice.workflow', name, description, color, variables, notes, ...withoutCredentials(graph) }
  const plainName = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
  return { fileName: `${plainName || 'workflow'}.json`, text: `${JSON.stringify(file, null, 2)}\n` }
}

/** Makes a workflow of a file, ours or the other product's, webhook credentials minted anew.
 *  @throws ApiError, with a message about the file when it holds no workflow. */
export async function importWorkflow(file: {
  name: string
  size: number
  text(): Promise<string>
}): Promise<{ id: string; name: string }> {
  const refused = (why: string) => new ApiError(400, 'VALIDATION_ERROR', why)
  if (file.size > maxGraphBodyBytes) throw refused(tooLargeForWorkflow(file.name))
  const text = await file.text()
  const parsed = workflowFileSchema.safeParse(parsedJson(text))
  if (!parsed.success) throw refused(whyNoWorkflow(file.name, text))
  const { blocks, edges, name: given, description, color, variables, notes } = parsed.data
  const name = shortName(given?.trim() || file.name.replace(/\.json$/i, '') || 'Imported workflow')
  const id = await createWithGraph({
    name,
    ...mintCredentials({ blocks, edges }),
    ...(description != null && { description }),
    ...(color != null && { color }),
    ...(variables && { variables }),
    ...(notes && { notes }),
  })
  return { id, name }
}

function shortName(name: string): string {
  return [...name].slice(0, maxNameChars).join('')
}

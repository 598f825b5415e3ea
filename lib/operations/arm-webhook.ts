import 'server-only'
import type { Call } from '../contract/endpoint'
import type { WorkflowParams } from '../contract/workflows'
import { openArmWindow } from '../data/activation'
import { workflowNotFound } from './workflow-not-found'

/** Lets exactly one webhook call in within the next ten minutes. Arming again renews the window.
 *  @throws WORKFLOW_NOT_FOUND. */
export async function armWebhook(call: Call<WorkflowParams>): Promise<{ ok: true; armed_until: string }> {
  const armedUntil = await openArmWindow(call.params.id)
  if (!armedUntil) throw workflowNotFound()
  return { ok: true, armed_until: armedUntil.toISOString() }
}

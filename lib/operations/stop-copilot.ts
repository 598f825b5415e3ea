import 'server-only'
import { requireCopilotSession } from './copilot-session'
import type { CopilotParams } from '../contract/copilot'
import type { Call } from '../contract/endpoint'
import { endTurn } from '../data/copilot-sessions'

/** Stops the turn that runs, in whichever process: the call of its model ends. `stopped` is false when none ran.
 *  @throws NOT_FOUND. */
export async function stopCopilot(call: Call<CopilotParams, object, object>): Promise<{ ok: true; stopped: boolean }> {
  const session = await requireCopilotSession(call)
  return { ok: true, stopped: await endTurn(session.id) }
}

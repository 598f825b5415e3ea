import 'server-only'
import { isTurnWanted } from '../data/copilot-sessions'
import { logger } from '../log'
import { copilotStopPollMs, copilotTurnTimeoutMs } from '../limits'

/** Watches over a turn: its signal aborts when the client leaves, when someone stopped it (asked of the database, since
 *  that may have happened in another process) or when its time is up. `end` it. */
export function watchTurn(
  sessionId: string,
  turnId: string,
  leaving: AbortSignal,
): { signal: AbortSignal; end: () => void } {
  const stopped = new AbortController()
  const timer = setInterval(() => {
    isTurnWanted(sessionId, turnId).then(
      (isWanted) => isWanted || stopped.abort(),
      (error: unknown) => logger.warn({ err: error }, 'could not ask whether a turn of the copilot was stopped'),
    )
  }, copilotStopPollMs)
  timer.unref()
  const signal = AbortSignal.any([leaving, stopped.signal, AbortSignal.timeout(copilotTurnTimeoutMs)])
  return { signal, end: () => clearInterval(timer) }
}

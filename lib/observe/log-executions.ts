import 'server-only'
import type { Logger } from 'pino'
import type { Observer } from '../engine/observer'

/** Logs every execution's start and end at `debug` and failures at `info`, with the ids to look them up by. The engine's
 *  texts come redacted; they are cut, for an error can quote a whole answer. */
export function logExecutions(logger: Logger): Observer {
  return {
    executionStarted({ id, workflowId, version, trigger }) {
      const ids = { execution_id: id, workflow_id: workflowId }
      const startedMs = performance.now()
      if (logger.isLevelEnabled('debug')) logger.debug({ ...ids, version, trigger }, 'execution started')
      return {
        blockStarted: () => unheard,
        ended({ status, error, errorCode, failedBlock }) {
          const level = status === 'completed' || status === 'cancelled' ? 'debug' : 'info'
          if (!logger.isLevelEnabled(level)) return
          const duration_ms = Math.round(performance.now() - startedMs)
          const why = { error_code: errorCode, block_id: failedBlock, error: error?.slice(0, maxLoggedErrorChars) }
          logger[level](
            { ...ids, version, trigger, status, duration_ms, ...(status === 'completed' ? {} : why) },
            status === 'completed' ? 'execution ended' : `execution ${status}`,
          )
        },
      }
    },
  }
}

const maxLoggedErrorChars = 500
const unheard = { trace: null, ended: () => undefined }

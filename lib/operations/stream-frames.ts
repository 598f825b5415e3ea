import 'server-only'
import { isAppError } from '../contract/errors'
import { logger } from '../log'

/** How a stream ends that could not end well. */
export interface ErrorFrame {
  type: 'error'
  error: string
  error_code: string
}

/** Turns work that tells frames into a stream of them. It waits for the first frame, so that what is refused before it
 *  is an ordinary error; what fails later is the stream's last frame. A reader that leaves aborts the work. */
export async function streamOf<Frame>(
  callerSignal: AbortSignal,
  work: (tell: (frame: Frame) => void, signal: AbortSignal) => Promise<void>,
): Promise<AsyncIterableIterator<{ data: Frame | ErrorFrame }>> {
  const frames: (Frame | ErrorFrame)[] = []
  const leaving = new AbortController()
  const state = { hasBegun: false, hasEnded: false, wake: newGate() }
  const tell = (frame: Frame | ErrorFrame) => {
    frames.push(frame)
    state.wake.open()
  }
  const done = work(
    (frame) => {
      state.hasBegun = true
      tell(frame)
    },
    AbortSignal.any([callerSignal, leaving.signal]),
  )
    .catch((error: unknown) => {
      if (!state.hasBegun) throw error
      tell(errorFrame(error))
    })
    .finally(() => {
      state.hasEnded = true
      state.wake.open()
    })
  await Promise.race([done, state.wake.opened])
  if (!state.hasBegun) await done
  return abortingOnReturn(read(), leaving)

  async function* read(): AsyncGenerator<{ data: Frame | ErrorFrame }> {
    for (;;) {
      for (let frame = frames.shift(); frame !== undefined; frame = frames.shift()) yield { data: frame }
      if (state.hasEnded) return
      state.wake = newGate()
      await state.wake.opened
    }
  }
}

/** A generator that waits hears of `return` only at its next frame; the work is to hear of it at once. */
function abortingOnReturn<T>(generator: AsyncGenerator<T>, leaving: AbortController): AsyncIterableIterator<T> {
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    next: () => generator.next(),
    return() {
      leaving.abort()
      return generator.return(undefined)
    },
  }
}

function newGate(): { opened: Promise<void>; open: () => void } {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open: () => open() }
}

/** What a caller is told of a failure; one of ours is logged, not told. */
export function errorFrame(error: unknown): ErrorFrame {
  if (isAppError(error)) return { type: 'error', error: error.message, error_code: error.code }
  logger.error({ err: error }, 'a stream ended by a failure of ours')
  return { type: 'error', error: 'Internal error', error_code: 'INTERNAL' }
}

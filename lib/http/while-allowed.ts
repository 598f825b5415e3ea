import 'server-only'

/** The same stream, for as long as its reader may read it: that is asked again every `everyMs`, and when it is denied the
 *  stream ends there. A question that fails (the database is away for a moment) denies nothing. */
export function whileAllowed(
  source: ReadableStream<Uint8Array>,
  isAllowed: () => Promise<boolean>,
  everyMs: number,
): ReadableStream<Uint8Array> {
  const reader = source.getReader()
  let timer: NodeJS.Timeout | undefined
  let hasEnded = false
  const stop = () => {
    hasEnded = true
    clearInterval(timer)
  }
  return new ReadableStream<Uint8Array>({
    start(controller) {
      timer = setInterval(() => {
        void isAllowed()
          .catch(() => true)
          .then((allowed) => {
            if (allowed || hasEnded) return
            stop()
            controller.close()
            void reader.cancel().catch(() => undefined)
          })
      }, everyMs)
    },
    async pull(controller) {
      try {
        const next = await reader.read()
        if (hasEnded) return
        if (!next.done) return controller.enqueue(next.value)
        stop()
        controller.close()
      } catch (error) {
        if (hasEnded) return
        stop()
        controller.error(error)
      }
    },
    cancel(reason) {
      stop()
      return reader.cancel(reason)
    },
  })
}

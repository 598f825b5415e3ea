import 'server-only'

/** Calls `work`, which never fails, again and again, `intervalMs` after the last call ended. `stop` waits for the last. */
export function repeatAfter(intervalMs: number, work: () => Promise<unknown>): { stop(): Promise<void> } {
  let isStopped = false
  let running: Promise<unknown> = Promise.resolve()
  let timer: NodeJS.Timeout
  const next = () => {
    timer = setTimeout(() => {
      running = work().finally(() => {
        if (!isStopped) next()
      })
    }, intervalMs)
    timer.unref()
  }
  next()
  return {
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }
}

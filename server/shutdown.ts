import { logger } from '@/lib/log'

/** What this process opened, in order, so that it can be closed in reverse. */
export class Closers {
  private readonly steps: (() => Promise<unknown>)[] = []

  add(step: () => Promise<unknown>): void {
    this.steps.push(step)
  }

  /** Closes everything, the newest first. A step that fails is logged and does not keep the others from closing. */
  async close(): Promise<void> {
    for (const step of this.steps.splice(0).reverse()) {
      await step().catch((error: unknown) => logger.error({ err: error }, 'a part did not close'))
    }
  }
}

/** Ends the process in order at the first SIGINT or SIGTERM, with exit code 0, and at once at the second. */
export function closeOnSignal(closers: Closers): void {
  let isClosing = false
  const onSignal = () => {
    if (isClosing) process.exit(130)
    isClosing = true
    process.stdout.write('Stopping: running executions may finish for up to 30 s. Once more stops at once.\n')
    void closers.close().then(() => process.exit(0))
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
}

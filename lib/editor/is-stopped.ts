/** Tells whether a block did not fail but was stopped with its execution, which a person cancelled: such a block says the
 *  execution's own reason. */
export function isStopped(
  execution: { status: string; error: string | null },
  block: { status: string; error: string | null },
): boolean {
  return execution.status === 'cancelled' && block.status === 'error' && block.error === execution.error
}

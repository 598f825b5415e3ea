/** Tells whether keys pressed there are text somebody types, so that they are no shortcuts. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable || target.matches('input, textarea, select') || target.closest('[role="dialog"]') !== null
  )
}

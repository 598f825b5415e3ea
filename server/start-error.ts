/** A reason not to start that the person at the terminal can act on. The message is one line and names the remedy. */
export class StartError extends Error {
  override name = 'StartError'
}

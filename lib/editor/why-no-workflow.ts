import { maxGraphBodyBytes } from '../limits'

/** Why a file that was to be imported holds no workflow, for a person to read: what it is instead, where that shows, and
 *  what is expected. */
export function whyNoWorkflow(fileName: string, text: string): string {
  const expected = 'a workflow is JSON with a list of blocks, each with a type'
  const problem = jsonProblem(text)
  return problem === null
    ? `${fileName} holds no workflow: ${expected}`
    : `${fileName} is not JSON (${problem}): ${expected}`
}

/** What is said of a file that is not even read. */
export function tooLargeForWorkflow(fileName: string): string {
  return `${fileName} is too large for a workflow: ${maxGraphBodyBytes / 1024 / 1024} MiB at most`
}

/** What keeps a text from being JSON, in the words of the JavaScript engine, with the line where it tells a position. */
function jsonProblem(text: string): string | null {
  if (text.trim() === '') return 'it is empty'
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    // True of everything JSON.parse throws.
    const { message } = error as Error
    const position = /at position (\d+)/.exec(message)?.[1]
    if (position === undefined || message.includes('line')) return message
    const before = text.slice(0, Number(position)).split('\n')
    return `${message}, line ${before.length} column ${(before.at(-1)?.length ?? 0) + 1}`
  }
}

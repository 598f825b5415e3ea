import type { ChatMessage } from '../contract/agent-runs'
import { isJsonObject, type Json, type JsonObject } from '../contract/json'
import { parseJson } from '../contract/parse-json'
import { BlockError, readText } from './contract'

/** A prompt as text: text as it is, everything else as JSON text; "" for nothing. */
export function promptText(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** What a block says to its agent: `input`, else `messages`, `prompt`, `message`, whichever is filled first.
 *  @throws BlockError when none is. Source: API contract, section 9. */
export function readPrompt(config: {
  input?: Json | undefined
  messages?: unknown
  prompt?: Json | undefined
  message?: Json | undefined
}): { messages: ChatMessage[]; system: string } {
  const input = promptText(config.input)
  if (input.trim() !== '') return saying(input)
  const messages = readMessages(config.messages)
  if (messages) return messages
  const prompt = [config.prompt, config.message].map(promptText).find((text) => text.trim() !== '')
  if (prompt === undefined) throw new BlockError('The agent has no prompt: fill input')
  return saying(prompt)
}

/** Reads a field that is an object or the JSON text of one; null for nothing. @throws BlockError naming the field. */
export function readObject(value: unknown, field: string): JsonObject | null {
  const read = parsed(value, field)
  if (read === null || read === undefined) return null
  if (!isJsonObject(read)) throw new BlockError(`config.${field} must be an object or the JSON text of one`)
  return read
}

/** Reads a field that is a list or the JSON text of one; empty for nothing. @throws BlockError naming the field. */
export function readList(value: unknown, field: string): Json[] {
  const read = parsed(value, field)
  if (read === null || read === undefined) return []
  if (!Array.isArray(read)) throw new BlockError(`config.${field} must be a list or the JSON text of one`)
  // A block's config is JSON.
  return read as Json[]
}

function saying(content: string) {
  return { messages: [{ role: 'user' as const, content }], system: '' }
}

/** Roles as chat APIs have them. What a system message says goes before everything else. */
function readMessages(value: unknown): { messages: ChatMessage[]; system: string } | null {
  const list = readList(value, 'messages')
  if (list.length === 0) return null
  const said: ChatMessage[] = []
  const system: string[] = []
  for (const [index, item] of list.entries()) {
    const role = isJsonObject(item) ? readText(item['role']).toLowerCase() || 'user' : 'user'
    const content = promptText(isJsonObject(item) ? item['content'] : item)
    if (role === 'system' || role === 'developer') system.push(content)
    else if (role === 'user' || role === 'assistant') said.push({ role, content })
    else throw new BlockError(`config.messages.${index}.role must be system, user or assistant`)
  }
  if (said.length === 0) throw new BlockError('config.messages holds no message of a user')
  return { messages: said, system: system.join('\n\n') }
}

function parsed(value: unknown, field: string): unknown {
  if (typeof value !== 'string') return value
  if (value.trim() === '') return null
  try {
    return parseJson(value, field)
  } catch (cause) {
    throw new BlockError(`config.${field} is not valid JSON`, { cause })
  }
}

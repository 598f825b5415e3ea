import { AppError } from './errors'
import { maxJsonDepth } from '../limits'
import { isJsonObject, type Json } from './json'

/** Parses JSON text that came from outside: depth is bounded and no key reaches an object's prototype.
 *  A leading byte order mark is dropped. `__proto__` keys, and `prototype` under `constructor`, are left out.
 *  @throws VALIDATION_ERROR on malformed or too deep text; `what` names the source in the message. */
export function parseJson(text: string, what = 'Body'): Json {
  const source = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  if (isDeeperThan(maxJsonDepth, source)) {
    throw new AppError('VALIDATION_ERROR', `${what} is nested deeper than ${maxJsonDepth} levels`)
  }
  let value: Json
  try {
    // True of everything JSON.parse returns.
    value = JSON.parse(source) as Json
  } catch (cause) {
    // True of everything JSON.parse throws.
    throw new AppError('VALIDATION_ERROR', `${what} is not valid JSON: ${(cause as Error).message}`, {}, { cause })
  }
  if (mayHoldPrototypeKeys.test(source)) dropPrototypeKeys(value)
  return value
}

// Plain, or with any ASCII letter or underscore written as an escape. Escapes of other letters are common; walking
// every text that has them would cost more than parsing it.
const mayHoldPrototypeKeys = /__proto__|constructor|\\u00[4-7]/i

/** Recursion is safe: depth is bounded by now. */
function dropPrototypeKeys(value: Json): void {
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) return value.forEach(dropPrototypeKeys)
  // JSON.parse makes `__proto__` an own key, but assigning or spreading into a setter later would not keep it one.
  if (Object.hasOwn(value, '__proto__')) Reflect.deleteProperty(value, '__proto__')
  for (const key of Object.keys(value)) {
    const inner = value[key]
    if (key === 'constructor' && isJsonObject(inner)) Reflect.deleteProperty(inner, 'prototype')
    if (inner !== undefined) dropPrototypeKeys(inner)
  }
}

/** Counts brackets outside strings before parsing, so that no recursion over the value can run out of stack. */
function isDeeperThan(limit: number, text: string): boolean {
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (inString) {
      if (code === backslash) i++
      else if (code === quote) inString = false
    } else if (code === quote) inString = true
    else if (code === openBracket || code === openBrace) {
      if (++depth > limit) return true
    } else if (code === closeBracket || code === closeBrace) depth--
  }
  return false
}

const quote = 34
const openBracket = 91
const backslash = 92
const closeBracket = 93
const openBrace = 123
const closeBrace = 125

import { isJsonObject, type Json, type JsonObject } from '../contract/json'
import { maxResolvedTextChars } from '../limits'
import type { Scope } from '../blocks/contract'

/** What a reference points at. Paths are keys from the outside in, `['output', 'items', '0']`. */
export type Reference =
  | { kind: 'block'; block: string; path: readonly string[] }
  | { kind: 'variable'; path: readonly string[] }
  | { kind: 'secret'; name: string }

/** A piece of saved text that is a reference; `text` is how it was written. */
export interface WrittenReference {
  text: string
  reference: Reference
}

/** A JSON value with its references found. Opaque outside this file but for `kind: 'constant'`: nothing to resolve. */
export type Template =
  | { kind: 'constant'; value: Json }
  | ({ kind: 'reference' } & WrittenReference)
  | { kind: 'text'; parts: readonly (string | WrittenReference)[] }
  | { kind: 'list'; items: readonly Template[] }
  | { kind: 'object'; fields: readonly (readonly [string, Template])[] }

/** Finds the references in a saved value, once. `secrets` says whether `{{secrets.NAME}}` is one: only in fields that
 *  leave the process. Source: API contract, section 6, "References". */
export function compileTemplate(value: Json, options: { secrets: boolean }): Template {
  if (typeof value === 'string') return compileText(value, options)
  if (Array.isArray(value)) {
    const items = value.map((item) => compileTemplate(item, options))
    return items.every(isConstant) ? { kind: 'constant', value } : { kind: 'list', items }
  }
  if (isJsonObject(value)) return templateOfFields(value, (_key, field) => compileTemplate(field, options))
  return { kind: 'constant', value }
}

/** Builds the template of an object whose fields are compiled each in its own way. */
export function templateOfFields(value: JsonObject, compile: (key: string, field: Json) => Template): Template {
  const fields = Object.entries(value).map(([key, field]) => [key, compile(key, field)] as const)
  return fields.every(([, template]) => isConstant(template)) ? { kind: 'constant', value } : { kind: 'object', fields }
}

/** Puts values in place of references, in one pass: what a value holds is never looked at again. A reference that
 *  does not resolve stays exactly as written, and so does one whose text would make the result longer than
 *  `maxResolvedTextChars`. A template without references yields the saved value itself: treat results as immutable.
 *  Never throws. */
export function resolveTemplate(template: Template, scope: Scope): Json {
  return resolve(template, scope, { charsLeft: maxResolvedTextChars })
}

/** Every reference of a template, in reading order. */
export function referencesIn(template: Template): Reference[] {
  switch (template.kind) {
    case 'constant':
      return []
    case 'reference':
      return [template.reference]
    case 'text':
      return template.parts.flatMap((part) => (typeof part === 'string' ? [] : [part.reference]))
    case 'list':
      return template.items.flatMap(referencesIn)
    case 'object':
      return template.fields.flatMap(([, field]) => referencesIn(field))
  }
}

/** Value of a reference, undefined when it does not resolve. A key that holds null does. */
export function readReference(reference: Reference, scope: Scope): Json | undefined {
  switch (reference.kind) {
    case 'block': {
      const data = scope.block(reference.block)
      return data === undefined ? undefined : readPath(data, reference.path)
    }
    case 'variable':
      return readPath(scope.variables, reference.path)
    case 'secret':
      return scope.secret?.(reference.name)
  }
}

/** Follows keys into a value: own properties of objects, list items by index. Undefined when it leads nowhere. */
export function readPath(value: Json, path: readonly string[]): Json | undefined {
  let current: Json | undefined = value
  for (const key of path) {
    if (Array.isArray(current)) current = listIndex.test(key) ? current[Number(key)] : undefined
    else if (isJsonObject(current)) current = Object.hasOwn(current, key) ? current[key] : undefined
    else return undefined
  }
  return current
}

/** Tells whether a reference can name a key: those of its own signs it cannot. */
export function isReferableKey(key: string): boolean {
  return /^[^.<>{}]+$/.test(key)
}

/** The reference a text begins with at `index`, or null. */
export function referenceAt(text: string, index: number): WrittenReference | null {
  const pattern = new RegExp(referencePattern, 'uy')
  pattern.lastIndex = index
  const match = pattern.exec(text)
  return match && readMatch(match, { secrets: false })
}

const listIndex = /^(?:0|[1-9]\d{0,9})$/

// A block reference has a path: `<start>` and `<div>` are text. Each class ends at the character that opens or closes
// a reference, so scanning is linear whatever the text. Combining marks belong to the letters they stand on.
const referencePattern = /<([\p{L}\p{M}\p{N}_\- ]+)((?:\.[^.<>{}]+)+)>|\{\{([^{}]*)\}\}/u.source

function readMatch(match: RegExpExecArray, options: { secrets: boolean }): WrittenReference | null {
  const [text, block, path, inBraces] = match
  if (block !== undefined && path !== undefined)
    return { text, reference: { kind: 'block', block, path: path.slice(1).split('.') } }
  const [root, ...keys] = (inBraces ?? '').trim().split('.')
  if (keys.length === 0 || keys.includes('')) return null
  if (root === 'variables') return { text, reference: { kind: 'variable', path: keys } }
  if (root === 'secrets' && options.secrets) return { text, reference: { kind: 'secret', name: keys.join('.') } }
  return null
}

function isConstant(template: Template): boolean {
  return template.kind === 'constant'
}

function compileText(text: string, options: { secrets: boolean }): Template {
  if (!text.includes('<') && !text.includes('{{')) return { kind: 'constant', value: text }
  const parts: (string | WrittenReference)[] = []
  let end = 0
  for (const match of text.matchAll(new RegExp(referencePattern, 'gu'))) {
    const written = readMatch(match, options)
    if (!written) continue
    if (match.index > end) parts.push(text.slice(end, match.index))
    parts.push(written)
    end = match.index + match[0].length
  }
  if (parts.length === 0) return { kind: 'constant', value: text }
  if (end < text.length) parts.push(text.slice(end))
  const [only] = parts
  if (parts.length === 1 && typeof only === 'object') return { kind: 'reference', ...only }
  return { kind: 'text', parts }
}

function resolve(template: Template, scope: Scope, budget: { charsLeft: number }): Json {
  switch (template.kind) {
    case 'constant':
      return template.value
    case 'reference': {
      const value = readReference(template.reference, scope)
      return value === undefined ? template.text : value
    }
    case 'text':
      return template.parts.map((part) => (typeof part === 'string' ? part : textOf(part, scope, budget))).join('')
    case 'list':
      return template.items.map((item) => resolve(item, scope, budget))
    case 'object':
      // fromEntries defines properties: a key such as `__proto__` stays a key.
      return Object.fromEntries(template.fields.map(([key, field]) => [key, resolve(field, scope, budget)]))
  }
}

/** Inside other text strings stand as they are, everything else as JSON text. */
function textOf(part: WrittenReference, scope: Scope, budget: { charsLeft: number }): string {
  if (budget.charsLeft <= 0) return part.text
  const value = readReference(part.reference, scope)
  if (value === undefined) return part.text
  const text = typeof value === 'string' ? value : jsonText(value)
  if (text === null) return part.text
  budget.charsLeft -= text.length
  return budget.charsLeft < 0 ? part.text : text
}

/** JSON text, or null for a value nested so deep that it has none. */
function jsonText(value: Json): string | null {
  try {
    return JSON.stringify(value)
  } catch {
    return null
  }
}

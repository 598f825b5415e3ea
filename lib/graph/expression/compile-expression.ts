import { ExpressionError } from './expression-error'
import type { Node } from './nodes'
import { parseExpression } from './parse-expression'
import type { Reference } from '../references'
import { maxExpressionChars } from '../../limits'

/** A parsed expression of the condition language, or why it is none. Keep it as long as its text: parsing is pure. */
export interface CompiledExpression {
  text: string
  /** Null when `error` says why. */
  root: Node | null
  error: ExpressionError | null
  /** In reading order, those inside quoted texts included. */
  references: readonly Reference[]
  /** Plain names it reads, variables or blocks. */
  names: readonly string[]
}

/** Parses an expression. Never throws, and takes time linear in the text, which `maxExpressionChars` bounds. Blank text
 *  is the expression `false`. Source: API contract, section 6, "Conditions". */
export function compileExpression(text: string): CompiledExpression {
  const known = memo.get(text)
  if (known) return known
  const compiled = compile(text)
  if (memo.size >= maxMemoised) memo.clear()
  if (text.length <= maxMemoisedChars) memo.set(text, compiled)
  return compiled
}

// A memo of a pure function: whether it is empty or full changes no result.
const memo = new Map<string, CompiledExpression>()
const maxMemoised = 2_000
const maxMemoisedChars = 1_000

const noMentions = { references: [], names: [] } as const

function compile(text: string): CompiledExpression {
  if (text.trim() === '') return { text, root: { kind: 'value', value: false }, error: null, ...noMentions }
  const mentions = { references: [] as Reference[], names: [] as string[] }
  try {
    if (text.length > maxExpressionChars)
      throw new ExpressionError('syntax', `The expression is longer than ${maxExpressionChars} characters`)
    return { text, root: parseExpression(text, mentions), error: null, ...mentions }
  } catch (cause) {
    if (cause instanceof ExpressionError) return { text, root: null, error: cause, ...noMentions }
    // The parser library throws plain errors, "Expected exponent (1e) at character 2".
    const message = cause instanceof RangeError ? 'The expression is nested too deeply' : String(cause)
    const error = new ExpressionError('syntax', message.replace(/^Error: /, ''), { cause })
    return { text, root: null, error, ...noMentions }
  }
}

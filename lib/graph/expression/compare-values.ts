import { ExpressionError } from './expression-error'
import type { ComparisonOperator } from './nodes'
import type { StepBudget } from './step-budget'
import { isJsonObject, type Json } from '../../contract/json'
import { maxJsonDepth } from '../../limits'

/** Compares two values. Texts coerce first: `true` and `false` in any case, then whole numbers, then decimal ones,
 *  else they stay; `is`, and texts inside texts, take values as they are. As in Python, `true` equals 1.
 *  Source: API contract, section 6, "Conditions". @throws ExpressionError when the two cannot be compared. */
export function compareValues(operator: ComparisonOperator, left: Json, right: Json, budget: StepBudget): boolean {
  switch (operator) {
    case '==':
      return isEqual(left, right, budget)
    case '!=':
      return !isEqual(left, right, budget)
    case 'is':
      return isSame(left, right, budget)
    case 'is not':
      return !isSame(left, right, budget)
    case 'in':
      return isIn(left, right, budget)
    case 'not in':
      return !isIn(left, right, budget)
    case '<':
    case '<=':
    case '>':
    case '>=':
      return isOrdered(operator, coerce(left), coerce(right), budget)
  }
}

/** What a message calls a value's type. */
export function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  switch (typeof value) {
    case 'string':
      return 'a text'
    case 'boolean':
      return 'a truth value'
    case 'object':
      return 'an object'
    default:
      return 'a number'
  }
}

/** Tells whether a text, list or object holds a value. @throws ExpressionError for anything else. */
export function isIn(needle: Json, holder: Json, budget: StepBudget): boolean {
  if (typeof holder === 'string') {
    if (typeof needle !== 'string')
      throw new ExpressionError('value', `A text holds texts only; ${typeName(needle)} cannot be in it`)
    budget.spendText(holder)
    return holder.includes(needle)
  }
  if (Array.isArray(holder)) return holder.some((item) => isEqual(needle, item, budget))
  if (isJsonObject(holder)) return typeof needle === 'string' && Object.hasOwn(holder, needle)
  throw new ExpressionError('value', `Nothing can be in ${typeName(holder)}`)
}

/** A value as comparisons see it. Whole numbers a double cannot hold stay exact: long ids must not run into one. */
type Coerced = Json | bigint

function coerce(value: Json): Coerced {
  if (typeof value !== 'string' || value.length > maxNumberChars) return value
  const text = value.toLowerCase()
  if (text === 'true') return true
  if (text === 'false') return false
  const number = value.trim()
  if (/^[+-]?\d+$/.test(number)) {
    const whole = Number(number)
    return Number.isSafeInteger(whole) ? whole : BigInt(number.replace(/^\+/, ''))
  }
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(number)) return value
  const decimal = Number(number)
  return Number.isFinite(decimal) ? decimal : value
}

/** Longer texts are not read as numbers. */
const maxNumberChars = 400

function isEqual(left: Json, right: Json, budget: StepBudget): boolean {
  budget.spend(1)
  const a = coerce(left)
  const b = coerce(right)
  const numberA = asNumber(a)
  const numberB = asNumber(b)
  // Not `===`: a bigint and a number are compared by value.
  if (numberA !== null && numberB !== null) return numberA <= numberB && numberA >= numberB
  if (typeof a === 'bigint' || typeof b === 'bigint') return false
  return isDeepEqual(a, b, budget, 0)
}

/** Equal in value and in kind: `1 is true` and `"1" is 1` are false. */
function isSame(left: Json, right: Json, budget: StepBudget): boolean {
  return typeof left === typeof right && isDeepEqual(left, right, budget, 0)
}

function isDeepEqual(a: Json, b: Json, budget: StepBudget, depth: number): boolean {
  budget.spend(1)
  if (depth > maxJsonDepth)
    throw new ExpressionError('value', `Values nested deeper than ${maxJsonDepth} levels cannot be compared`)
  if (a === b) {
    if (typeof a === 'string') budget.spendText(a)
    return true
  }
  if (typeof a === 'string' && typeof b === 'string') return false
  const numberA = asNumber(a)
  const numberB = asNumber(b)
  if (numberA !== null && numberB !== null) return numberA === numberB
  if (Array.isArray(a))
    return (
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, i) => isDeepEqual(item, b[i] ?? null, budget, depth + 1))
    )
  if (!isJsonObject(a) || !isJsonObject(b)) return false
  if (budget.countKeys(a) !== budget.countKeys(b)) return false
  return Object.keys(a).every(
    (key) => Object.hasOwn(b, key) && isDeepEqual(a[key] ?? null, b[key] ?? null, budget, depth + 1),
  )
}

/** Truth values count as 1 and 0. */
function asNumber(value: Coerced): number | bigint | null {
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'number' || typeof value === 'bigint' ? value : null
}

function isOrdered(operator: '<' | '<=' | '>' | '>=', left: Coerced, right: Coerced, budget: StepBudget): boolean {
  const a = asNumber(left)
  const b = asNumber(right)
  if (a !== null && b !== null) return inOrder(operator, a, b)
  if (typeof left === 'string' && typeof right === 'string') {
    budget.spendText(left)
    return inOrder(operator, left, right)
  }
  throw new ExpressionError('value', `${typeName(left)} and ${typeName(right)} have no order (${operator})`)
}

function inOrder<T extends string | number | bigint>(operator: '<' | '<=' | '>' | '>=', a: T, b: T): boolean {
  switch (operator) {
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
  }
}

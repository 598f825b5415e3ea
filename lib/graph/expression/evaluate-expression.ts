import { calculate, negate } from './arithmetic'
import { callFunction } from './call-function'
import { compareValues, typeName } from './compare-values'
import type { CompiledExpression } from './compile-expression'
import { ExpressionError } from './expression-error'
import type { Node } from './nodes'
import { StepBudget } from './step-budget'
import { readReference, resolveTemplate, type Reference } from '../references'
import { isJsonObject, type Json } from '../../contract/json'
import type { Scope } from '../../blocks/contract'
import { maxExpressionTextChars } from '../../limits'

/** Computes an expression's value. It reads the scope and nothing else: own keys of JSON values, no prototype, no
 *  global. Values it hands out may be shared with the scope.
 *  @throws ExpressionError, and nothing else. Source: API contract, section 6, "Conditions". */
export function evaluateExpression(compiled: CompiledExpression, scope: Scope): Json {
  if (compiled.root === null) throw compiled.error ?? new ExpressionError('syntax', 'The expression does not parse')
  try {
    return evaluate(compiled.root, { scope, budget: new StepBudget() })
  } catch (cause) {
    if (cause instanceof RangeError)
      throw new ExpressionError('value', 'The values are too large or too deep', { cause })
    throw cause
  }
}

/** Truth of a value, as in Python: "", 0, [], {}, null and false are false. */
export function isTruthy(value: Json, budget = new StepBudget()): boolean {
  if (Array.isArray(value)) return value.length > 0
  if (isJsonObject(value)) return budget.countKeys(value) > 0
  return Boolean(value)
}

/** The value a reference binds in an expression: like `.key`, a missing last key is null.
 *  @throws ExpressionError where there is no block of that name, or the path leads through something else than keys. */
export function bindReference(reference: Reference, scope: Scope): Json {
  const value = readReference(reference, scope)
  if (value !== undefined) return value
  if (reference.kind === 'secret') throw new ExpressionError('unknown_name', 'Secrets cannot be read here')
  if (reference.kind === 'block' && scope.block(reference.block) === undefined)
    throw new ExpressionError(
      'unknown_name',
      `Nothing before this block is called ${reference.block}, or it did not run`,
    )
  const parent = readReference({ ...reference, path: reference.path.slice(0, -1) }, scope)
  if (parent !== undefined && isJsonObject(parent)) return null
  throw new ExpressionError('value', `There is no ${reference.path.join('.')}`)
}

interface Context {
  scope: Scope
  budget: StepBudget
}

function evaluate(node: Node, context: Context): Json {
  context.budget.spend(1)
  switch (node.kind) {
    case 'value':
      return node.value
    case 'text':
      return evaluateText(node, context)
    case 'reference':
      return bindReference(node.reference, context.scope)
    case 'name':
      return lookUp(node.name, context.scope)
    case 'list':
      return node.items.map((item) => evaluate(item, context))
    case 'key':
      return readKey(evaluate(node.object, context), node.key)
    case 'item':
      return readItem(evaluate(node.object, context), evaluate(node.index, context), context.budget)
    case 'call':
      return callFunction(
        node.function,
        node.arguments.map((argument) => evaluate(argument, context)),
        context.budget,
      )
    case 'not':
      return isTruthy(evaluate(node.operand, context), context.budget) !== node.isNegated
    case 'sign':
      return negate(evaluate(node.operand, context), node.sign)
    case 'arithmetic':
      return node.rest.reduce<Json>(
        (left, { operator, operand }) => calculate(operator, left, evaluate(operand, context), context.budget),
        evaluate(node.first, context),
      )
    case 'comparison':
      return evaluateComparison(node, context)
    case 'and':
      return evaluateUntil(node.operands, false, context)
    case 'or':
      return evaluateUntil(node.operands, true, context)
  }
}

/** A reference in a quoted text is always put in as text, also where it is the whole of it. */
function evaluateText({ template }: Extract<Node, { kind: 'text' }>, { scope, budget }: Context): string {
  const asText = template.kind === 'reference' ? { kind: 'text' as const, parts: [template] } : template
  const value = resolveTemplate(asText, scope)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (text.length > maxExpressionTextChars)
    throw new ExpressionError('value', `A text of more than ${maxExpressionTextChars} characters`)
  budget.spendText(text)
  return text
}

function lookUp(name: string, scope: Scope): Json {
  if (Object.hasOwn(scope.variables, name)) return scope.variables[name] ?? null
  const data = scope.block(name)
  if (data === undefined)
    throw new ExpressionError('unknown_name', `${name} is neither a variable nor a block before this one that ran`)
  return data
}

function readKey(object: Json, key: string): Json {
  if (!isJsonObject(object)) throw new ExpressionError('value', `${typeName(object)} has no keys (.${key})`)
  return Object.hasOwn(object, key) ? (object[key] ?? null) : null
}

/** As in Python: a negative index counts from the end; what is not there is an error. */
function readItem(object: Json, index: Json, budget: StepBudget): Json {
  if (isJsonObject(object)) {
    if (typeof index === 'string' && Object.hasOwn(object, index)) return object[index] ?? null
    throw new ExpressionError('value', `There is no key ${JSON.stringify(index)}`)
  }
  if (!Array.isArray(object) && typeof object !== 'string')
    throw new ExpressionError('value', `${typeName(object)} has no items`)
  const items = typeof object === 'string' ? charactersOf(object, budget) : object
  const place = typeof index === 'boolean' ? Number(index) : index
  if (typeof place !== 'number' || !Number.isInteger(place))
    throw new ExpressionError('value', `${typeName(index)} is no index of ${typeName(object)}`)
  const found: Json | undefined = items.at(place)
  if (found === undefined) throw new ExpressionError('value', `Index ${place} is out of range (${items.length} items)`)
  return found
}

/** Code points, as in Python. Without surrogates those are the text's own units, and nothing has to be copied. */
function charactersOf(text: string, budget: StepBudget): string | string[] {
  budget.spendText(text)
  if (!/[\ud800-\udfff]/.test(text)) return text
  budget.spend(text.length)
  return [...text]
}

function evaluateComparison({ first, rest }: Extract<Node, { kind: 'comparison' }>, context: Context): boolean {
  let left = evaluate(first, context)
  for (const { operator, operand } of rest) {
    const right = evaluate(operand, context)
    if (!compareValues(operator, left, right, context.budget)) return false
    left = right
  }
  return true
}

/** `and` and `or` yield the operand that decided, as in Python; the rest is not looked at. */
function evaluateUntil(operands: readonly Node[], stopsAt: boolean, context: Context): Json {
  let value: Json = !stopsAt
  for (const operand of operands) {
    value = evaluate(operand, context)
    if (isTruthy(value, context.budget) === stopsAt) return value
  }
  return value
}

import { isIn, typeName } from './compare-values'
import { ExpressionError } from './expression-error'
import type { FunctionName } from './nodes'
import type { StepBudget } from './step-budget'
import { isJsonObject, type Json } from '../../contract/json'

/** Calls a function of the language; the parser has counted the arguments. @throws ExpressionError. */
export function callFunction(name: FunctionName, given: readonly Json[], budget: StepBudget): Json {
  const [subject = null, other = null] = given
  switch (name) {
    case 'len':
      return lengthOf(subject, budget)
    case 'contains':
      return isIn(other, subject, budget)
    case 'lower':
      return textOf(name, subject, budget).toLowerCase()
    case 'upper':
      return textOf(name, subject, budget).toUpperCase()
    case 'startswith':
      return textOf(name, subject, budget).startsWith(textOf(name, other, budget))
    case 'endswith':
      return textOf(name, subject, budget).endsWith(textOf(name, other, budget))
  }
}

/** Characters of a text are code points, as in Python. */
function lengthOf(value: Json, budget: StepBudget): number {
  if (typeof value === 'string') {
    budget.spendText(value)
    return value.length - (value.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0)
  }
  if (Array.isArray(value)) return value.length
  if (isJsonObject(value)) return budget.countKeys(value)
  throw new ExpressionError('value', `${typeName(value)} has no length`)
}

function textOf(name: FunctionName, value: Json, budget: StepBudget): string {
  if (typeof value !== 'string') throw new ExpressionError('value', `${name}() takes a text, not ${typeName(value)}`)
  budget.spendText(value)
  return value
}

import { typeName } from './compare-values'
import { ExpressionError } from './expression-error'
import type { ArithmeticOperator } from './nodes'
import type { StepBudget } from './step-budget'
import type { Json } from '../../contract/json'
import { maxExpressionTextChars } from '../../limits'

/** Calculates with two values as they are: nothing coerces, truth values count as 1 and 0, `+` joins two texts.
 *  `%` takes the sign of the divisor, as in Python. @throws ExpressionError. */
export function calculate(operator: ArithmeticOperator, left: Json, right: Json, budget: StepBudget): Json {
  if (operator === '+' && typeof left === 'string' && typeof right === 'string') return join(left, right, budget)
  const a = numberOf(left)
  const b = numberOf(right)
  if (a === null || b === null)
    throw new ExpressionError('value', `${typeName(left)} ${operator} ${typeName(right)} cannot be calculated`)
  if ((operator === '/' || operator === '%') && b === 0) throw new ExpressionError('value', 'Division by zero')
  const result = calculateNumbers(operator, a, b)
  if (!Number.isFinite(result)) throw new ExpressionError('value', `${a} ${operator} ${b} is too large a number`)
  return result
}

/** Applies a sign. @throws ExpressionError for anything but a number. */
export function negate(value: Json, sign: 1 | -1): Json {
  const number = numberOf(value)
  if (number === null) throw new ExpressionError('value', `${typeName(value)} has no sign`)
  // Not -0: nobody expects one in JSON.
  return sign === 1 || number === 0 ? number : -number
}

function numberOf(value: Json): number | null {
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'number' ? value : null
}

function join(left: string, right: string, budget: StepBudget): string {
  if (left.length + right.length > maxExpressionTextChars)
    throw new ExpressionError('value', `A text of more than ${maxExpressionTextChars} characters`)
  budget.spendText(right)
  return left + right
}

function calculateNumbers(operator: ArithmeticOperator, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '%': {
      const rest = a % b
      return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest
    }
  }
}

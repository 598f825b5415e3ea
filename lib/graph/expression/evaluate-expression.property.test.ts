import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileExpression } from './compile-expression'
import { evaluateExpression } from './evaluate-expression'
import { ExpressionError } from './expression-error'
import type { JsonObject } from '../../contract/json'

const blocks: Record<string, JsonObject> = { start: { output: { n: 5 } } }
const scope = {
  block: (name: string) => (Object.hasOwn(blocks, name) ? blocks[name] : undefined),
  variables: { a: 3, user: { name: 'Bo' } },
}
const evaluate = (text: string) => evaluateExpression(compileExpression(text), scope)

function outcomeOf(text: string): string {
  try {
    return `value ${JSON.stringify(evaluate(text))}`
  } catch (error) {
    return error instanceof ExpressionError ? error.reason : `threw ${String(error)}`
  }
}

const token = fc.constantFrom(
  ...[
    'a',
    'user',
    'start',
    '.name',
    '.output',
    '[',
    ']',
    '(',
    ')',
    ',',
    'and',
    'or',
    'not',
    'in',
    'is',
    '&&',
    '||',
    '!',
    '==',
    '!=',
  ],
  ...[
    '<',
    '<=',
    '>',
    '>=',
    '+',
    '-',
    '*',
    '/',
    '%',
    '1',
    '0',
    '"t"',
    "'",
    '"',
    'len',
    'lower',
    'contains',
    ' ',
    'None',
    'True',
    '[]',
  ],
  ...['<start.output.n>', '<ghost.x>', '{{variables.a}}', '{{', '?', ':', ';', '?.', '__proto__', '\\', '=', '1e', '.'],
)

describe('the condition language, on any text', () => {
  it('yields a value or an ExpressionError, and ends', () => {
    const text = fc.oneof(
      fc.array(token, { maxLength: 14 }).map((tokens) => tokens.join('')),
      fc.array(token, { maxLength: 14 }).map((tokens) => tokens.join(' ')),
      fc.string({ unit: 'binary', maxLength: 30 }),
    )
    fc.assert(
      fc.property(text, (expression) => {
        expect(outcomeOf(expression)).toMatch(/^(value .*|value|syntax|unknown_name)$/s)
      }),
      { numRuns: 3_000 },
    )
  })

  it('calculates with numbers by rank and brackets as written', () => {
    interface Written {
      text: string
      value: number
    }
    const operators: Record<string, (a: number, b: number) => number> = {
      '+': (a, b) => a + b,
      '-': (a, b) => a - b,
      '*': (a, b) => a * b,
    }
    const number = fc.integer({ min: 0, max: 50 }).map((value): Written => ({ text: String(value), value }))
    const { sum } = fc.letrec<{ sum: Written; operand: Written }>((tie) => ({
      operand: fc.oneof(
        { depthSize: 'small' },
        number,
        tie('sum').map(({ text, value }) => ({ text: `(${text})`, value })),
      ),
      sum: fc.tuple(tie('operand'), fc.constantFrom('+', '-', '*'), tie('operand')).map(([a, sign, b]) => ({
        text: `${a.text} ${sign} ${b.text}`,
        value: operators[sign]?.(a.value, b.value) ?? NaN,
      })),
    }))
    fc.assert(
      fc.property(sum, number, ({ text, value }, { text: factor, value: times }) => {
        expect(evaluate(`0 - (${text}) * ${factor} + ${factor}`)).toBeCloseTo(0 - value * times + times, 0)
      }),
    )
  })
})

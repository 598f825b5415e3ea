import type jsep from 'jsep'
import { ExpressionError } from './expression-error'
import type { FunctionName, Node } from './nodes'
import { compileTemplate } from '../references'
import { maxExpressionDepth } from '../../limits'

/** Turns what the parser library read as an operand into a node of ours. Anything the language does not have is
 *  refused here, whatever the library can parse: this list is the whole language.
 *  @throws ExpressionError */
export function readOperand(operand: jsep.Expression, depth = 0): Node {
  if (depth > maxExpressionDepth)
    throw new ExpressionError('syntax', `The expression is nested deeper than ${maxExpressionDepth} levels`)
  // jsep's typings describe each kind by its `type`; nodes of ours stand in `Parsed` ones.
  switch (operand.type) {
    case 'Parsed':
      return operand['node'] as Node
    case 'Literal':
      return readLiteral(operand as jsep.Literal)
    case 'Identifier':
      return readName((operand as jsep.Identifier).name)
    case 'ThisExpression':
      return { kind: 'name', name: 'this' }
    case 'ArrayExpression':
      return { kind: 'list', items: readList((operand as jsep.ArrayExpression).elements, depth) }
    case 'MemberExpression':
      return readMember(operand as jsep.MemberExpression, depth)
    case 'CallExpression':
      return readCall(operand as jsep.CallExpression, depth)
    default:
      throw new ExpressionError('syntax', 'The expression is more than one expression')
  }
}

const keywords: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'is'])

/** Functions of the language with the number of their arguments. */
const argumentCounts: ReadonlyMap<string, number> = new Map<FunctionName, number>([
  ['len', 1],
  ['lower', 1],
  ['upper', 1],
  ['contains', 2],
  ['startswith', 2],
  ['endswith', 2],
])

function readLiteral({ value, raw }: jsep.Literal): Node {
  if (typeof value === 'string') {
    const template = compileTemplate(value, { secrets: false })
    return template.kind === 'constant' ? { kind: 'value', value } : { kind: 'text', template }
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new ExpressionError('syntax', `The number ${raw} is too large`)
    // As in Python, where 01 is no number: a date such as 2024-01-15 is then no arithmetic.
    if (/^0\d+$/.test(raw)) throw new ExpressionError('syntax', `The number ${raw} has leading zeros`)
    return { kind: 'value', value }
  }
  if (typeof value === 'boolean' || value === null) return { kind: 'value', value }
  throw new ExpressionError('syntax', `Unexpected ${raw}`)
}

function readName(name: string): Node {
  if (keywords.has(name)) throw new ExpressionError('syntax', `Unexpected "${name}"`)
  return { kind: 'name', name }
}

function readList(elements: readonly (jsep.Expression | null)[], depth: number): Node[] {
  return elements.map((element) => {
    if (!element) throw new ExpressionError('syntax', 'A list has an empty place')
    return readOperand(element, depth + 1)
  })
}

function readMember(member: jsep.MemberExpression, depth: number): Node {
  if (member.optional) throw new ExpressionError('syntax', 'Unexpected "?."')
  const object = readOperand(member.object, depth + 1)
  if (member.computed) return { kind: 'item', object, index: readOperand(member.property, depth + 1) }
  // Not computed: the library read an identifier.
  return { kind: 'key', object, key: (member.property as jsep.Identifier).name }
}

/** `lower(text)`, or the same written as `text.lower()`. */
function readCall(call: jsep.CallExpression, depth: number): Node {
  if (call['optional']) throw new ExpressionError('syntax', 'Unexpected "?."')
  const callee = readCallee(call.callee, depth)
  const count = callee && argumentCounts.get(callee.name)
  if (!callee || count === undefined) {
    const known = [...argumentCounts.keys()].join(', ')
    throw new ExpressionError('syntax', `There is no function ${callee?.name ?? ''}; there are ${known}`)
  }
  const given = [...callee.subject, ...readList(call.arguments, depth)]
  if (given.length !== count)
    throw new ExpressionError(
      'syntax',
      `${callee.name}() takes ${count} ${count === 1 ? 'value' : 'values'}, not ${given.length}`,
    )
  // Its name is a key of `argumentCounts`.
  return { kind: 'call', function: callee.name as FunctionName, arguments: given }
}

function readCallee(callee: jsep.Expression, depth: number): { name: string; subject: Node[] } | null {
  if (callee.type === 'Identifier') return { name: (callee as jsep.Identifier).name, subject: [] }
  if (callee.type !== 'MemberExpression') return null
  const { computed, object, property, optional } = callee as jsep.MemberExpression
  if (computed || optional) return null
  return { name: (property as jsep.Identifier).name, subject: [readOperand(object, depth + 1)] }
}

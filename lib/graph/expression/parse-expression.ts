import jsep from 'jsep'
import { ExpressionError } from './expression-error'
import type { ArithmeticOperator, ComparisonOperator, Node } from './nodes'
import { readOperand } from './read-operand'
import { referenceAt, referencesIn, type Reference } from '../references'
import { maxExpressionDepth } from '../../limits'

/** Parses the text of an expression and adds the references and names it reads to `mentions`. Ranks, from loose to tight:
 *  `or`, `and`, `not`, comparisons (chained), `+ -`, `* / %`, signs, then `.key`, `[item]` and calls.
 *
 *  jsep reads tokens and operands; ranks are read here, because its own operators know neither `not a == b` nor
 *  chains. A `<` where an operand is due begins a reference, anywhere else it compares: the two cannot be mistaken.
 *  @throws ExpressionError, or whatever jsep throws. */
export function parseExpression(text: string, mentions: Mentions): Node {
  // The parser library passes over leading separators.
  const first = /^\s*([;,])/.exec(text)
  if (first) throw new ExpressionError('syntax', `Unexpected "${first[1] ?? ''}" at character ${first[0].length - 1}`)
  const node = readOperand(jsep(text))
  collectMentions(node, mentions)
  return node
}

interface Mentions {
  references: Reference[]
  names: string[]
}

type Parser = jsep.HookScope

// jsep is one shared parser; nothing else in the project uses it. Its own operators are switched off.
jsep.removeAllBinaryOps()
jsep.removeAllUnaryOps()
jsep.removeAllLiterals()
jsep.removeIdentifierChar('$')
for (const name of ['True', 'true']) jsep.addLiteral(name, true)
for (const name of ['False', 'false']) jsep.addLiteral(name, false)
for (const name of ['None', 'null']) jsep.addLiteral(name, null)

const depths = new WeakMap<Parser, number>()

jsep.hooks.add('gobble-expression', function (env) {
  const depth = (depths.get(this) ?? 0) + 1
  if (depth > maxExpressionDepth)
    throw new ExpressionError('syntax', `The expression is nested deeper than ${maxExpressionDepth} levels`)
  depths.set(this, depth)
  env.node = { type: 'Parsed', node: parseOr(this) }
  depths.set(this, depth - 1)
  // Outside brackets the expression has to end here, inside at a separator: jsep itself would take `1 2` as a list.
  const next = skipSpaces(this)
  if (next !== '' && (depth === 1 || !')],'.includes(next))) this.throwError(`Unexpected "${next}"`)
})

jsep.hooks.add('gobble-token', function (env) {
  const written = this.char === '<' || this.char === '{' ? referenceAt(this.expr, this.index) : null
  if (written) {
    this.index += written.text.length
    env.node = this.gobbleTokenProperty({ type: 'Parsed', node: { kind: 'reference', ...written } satisfies Node })
  } else if (this.char === '(') {
    this.index++
    const inner = this.gobbleExpression()
    if (skipSpaces(this) !== ')') this.throwError('Unclosed (')
    this.index++
    env.node = this.gobbleTokenProperty(inner)
  }
})

function parseOr(parser: Parser): Node {
  return parseOperands(parser, 'or', orSign, parseAnd)
}

function parseAnd(parser: Parser): Node {
  return parseOperands(parser, 'and', andSign, parseNot)
}

function parseOperands(parser: Parser, kind: 'and' | 'or', sign: RegExp, parse: (parser: Parser) => Node): Node {
  const operands = [parse(parser)]
  while (take(parser, sign)) operands.push(parse(parser))
  const [only] = operands
  return operands.length === 1 && only ? only : { kind, operands }
}

function parseNot(parser: Parser): Node {
  let count = 0
  while (take(parser, notSign)) count++
  const operand = parseComparison(parser)
  return count === 0 ? operand : { kind: 'not', operand, isNegated: count % 2 === 1 }
}

function parseComparison(parser: Parser): Node {
  const first = parseSum(parser)
  const rest: { operator: ComparisonOperator; operand: Node }[] = []
  for (let sign = take(parser, comparisonSign); sign; sign = take(parser, comparisonSign)) {
    // The pattern matches the ten operators only, with any blanks between two words.
    const operator = sign.replace(/\s+/, ' ') as ComparisonOperator
    rest.push({ operator, operand: parseSum(parser) })
  }
  return rest.length === 0 ? first : { kind: 'comparison', first, rest }
}

function parseSum(parser: Parser): Node {
  return parseArithmetic(parser, sumSign, (inner) => parseArithmetic(inner, productSign, parseSigned))
}

function parseArithmetic(parser: Parser, sign: RegExp, parse: (parser: Parser) => Node): Node {
  const first = parse(parser)
  const rest: { operator: ArithmeticOperator; operand: Node }[] = []
  for (let found = take(parser, sign); found; found = take(parser, sign)) {
    // The two patterns match the five operators only.
    rest.push({ operator: found as ArithmeticOperator, operand: parse(parser) })
  }
  return rest.length === 0 ? first : { kind: 'arithmetic', first, rest }
}

function parseSigned(parser: Parser): Node {
  let signs = ''
  for (let sign = take(parser, anySign); sign; sign = take(parser, anySign)) signs += sign
  const operand = parser.gobbleToken()
  if (!operand) return parser.throwError(parser.char === '' ? 'Unexpected end' : `Unexpected "${parser.char}"`)
  let node = readOperand(operand)
  // Applied from the inside out; a run of equal signs is one node.
  for (const [run] of [...signs.matchAll(/!+|[+-]+/g)].reverse()) {
    const isOdd = (run.split(/[!-]/).length - 1) % 2 === 1
    node = run.startsWith('!')
      ? { kind: 'not', operand: node, isNegated: isOdd }
      : { kind: 'sign', operand: node, sign: isOdd ? -1 : 1 }
  }
  return node
}

const wordEnd = String.raw`(?![\p{L}\p{M}\p{N}_])`
const orSign = new RegExp(String.raw`\|\||or${wordEnd}`, 'uy')
const andSign = new RegExp(String.raw`&&|and${wordEnd}`, 'uy')
const notSign = new RegExp(String.raw`!(?!=)|not${wordEnd}`, 'uy')
const comparisonSign = new RegExp(
  String.raw`[=!<>]=|[<>]|in${wordEnd}|not\s+in${wordEnd}|is(?:\s+not)?${wordEnd}`,
  'uy',
)
const sumSign = /[+-]/y
const productSign = /[*/%]/y
const anySign = /[+-]|!(?!=)/y

/** Reads an operator if the next thing is one. */
function take(parser: Parser, sign: RegExp): string | null {
  skipSpaces(parser)
  sign.lastIndex = parser.index
  const found = sign.exec(parser.expr)?.[0]
  if (found === undefined) return null
  parser.index += found.length
  return found
}

function skipSpaces(parser: Parser): string {
  parser.gobbleSpaces()
  return parser.char
}

function collectMentions(node: Node, found: Mentions): void {
  if (node.kind === 'reference') found.references.push(node.reference)
  else if (node.kind === 'text') found.references.push(...referencesIn(node.template))
  else if (node.kind === 'name') found.names.push(node.name)
  else for (const part of partsOf(node)) collectMentions(part, found)
}

function partsOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'value':
    case 'text':
    case 'reference':
    case 'name':
      return []
    case 'list':
      return node.items
    case 'key':
      return [node.object]
    case 'item':
      return [node.object, node.index]
    case 'call':
      return node.arguments
    case 'not':
    case 'sign':
      return [node.operand]
    case 'arithmetic':
    case 'comparison':
      return [node.first, ...node.rest.map(({ operand }) => operand)]
    case 'and':
    case 'or':
      return node.operands
  }
}

import type { Template, WrittenReference } from '../references'
import type { Json } from '../../contract/json'

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in' | 'is' | 'is not'
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%'
export type FunctionName = 'len' | 'lower' | 'upper' | 'contains' | 'startswith' | 'endswith'

/** A parsed expression. Operators of one rank are flat lists, so a long sum is no deep tree. */
export type Node =
  | { kind: 'value'; value: Json }
  /** A quoted text that holds references: they are put in as text. */
  | { kind: 'text'; template: Template }
  | ({ kind: 'reference' } & WrittenReference)
  | { kind: 'name'; name: string }
  | { kind: 'list'; items: readonly Node[] }
  /** `.key` */
  | { kind: 'key'; object: Node; key: string }
  /** `[index or key]` */
  | { kind: 'item'; object: Node; index: Node }
  | { kind: 'call'; function: FunctionName; arguments: readonly Node[] }
  /** `isNegated: false` is a double negation: the truth of the operand. */
  | { kind: 'not'; operand: Node; isNegated: boolean }
  | { kind: 'sign'; operand: Node; sign: 1 | -1 }
  | { kind: 'arithmetic'; first: Node; rest: readonly { operator: ArithmeticOperator; operand: Node }[] }
  /** A chain: `1 < a < 5` is `1 < a and a < 5`. */
  | { kind: 'comparison'; first: Node; rest: readonly { operator: ComparisonOperator; operand: Node }[] }
  | { kind: 'and' | 'or'; operands: readonly Node[] }

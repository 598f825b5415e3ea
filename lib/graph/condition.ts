import { compareValues } from './expression/compare-values'
import { compileExpression, type CompiledExpression } from './expression/compile-expression'
import { evaluateExpression, isTruthy } from './expression/evaluate-expression'
import { ExpressionError } from './expression/expression-error'
import { StepBudget } from './expression/step-budget'
import { previewText, previewValue } from './preview-value'
import { compileTemplate, readReference, type Template } from './references'
import type { BlockData } from '../contract/execution'
import { isJsonObject, type Json, type JsonObject } from '../contract/json'
import type { Scope } from '../blocks/contract'

/** Decides a condition block: the first branch that is true names the route (`if`, `elif_1`, …), else it is `else`.
 *  A branch that fails counts as false and leaves a warning. Reads `branches`, else `mode: "switch"` with `cases`, else
 *  a lone `expression`. Source: API contract, section 6, "Conditions". */
export function evaluateCondition(config: JsonObject, scope: Scope): { data: BlockData; warnings: string[] } {
  const debug: Json[] = []
  const warnings: string[] = []
  let route = 'else'
  for (const [index, branch] of branchesIn(config).entries()) {
    const name = index === 0 ? 'if' : `elif_${index}`
    const outcome = decide(branch, scope)
    debug.push({ branch: name, ...describe(branch, scope), ...outcome })
    if ('error' in outcome) warnings.push(`Branch ${name} counts as false: ${outcome.error}`)
    else if (outcome.result) {
      route = name
      break
    }
  }
  return { data: { output: route !== 'else', result: route, route, _debug: debug }, warnings }
}

/** The column of a switch's table that holds the labels. */
const labelColumn = 'Case Label'

interface Branch {
  raw: string
  /** The references in `raw`. */
  template: Template
  expressions: readonly CompiledExpression[]
  decide(scope: Scope): boolean
}

// The config of a deployed block is the same object in every execution.
const branchesOfConfig = new WeakMap<JsonObject, Branch[]>()

function branchesIn(config: JsonObject): Branch[] {
  const known = branchesOfConfig.get(config)
  if (known) return known
  const branches = branchesOf(config).map((branch) => ({
    ...branch,
    template: compileTemplate(branch.raw, { secrets: false }),
  }))
  branchesOfConfig.set(config, branches)
  return branches
}

function branchesOf(config: JsonObject): Omit<Branch, 'template'>[] {
  const { branches, expression = null, mode, cases } = config
  if (typeof mode === 'string' && mode.trim().toLowerCase() === 'switch')
    return switchBranches(expression, Array.isArray(cases) ? cases : [])
  if (Array.isArray(branches) && branches.length > 0)
    return branches.map((branch) => expressionBranch(isJsonObject(branch) ? (branch['expression'] ?? null) : branch))
  return isBlank(expression) ? [] : [expressionBranch(expression)]
}

function isBlank(value: Json): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '')
}

/** An expression that is no text (a client may send `true`) is its own value. */
function expressionBranch(expression: Json): Omit<Branch, 'template'> {
  if (typeof expression !== 'string')
    return { raw: JSON.stringify(expression), expressions: [], decide: () => isTruthy(expression) }
  const compiled = compileExpression(expression)
  return {
    raw: expression,
    expressions: [compiled],
    decide: (scope) => isTruthy(evaluateExpression(compiled, scope)),
  }
}

/** Each label that is not blank is a branch `expression == label`. */
function switchBranches(expression: Json, cases: readonly Json[]): Omit<Branch, 'template'>[] {
  const labels = cases.flatMap((entry) => {
    const cells = isJsonObject(entry) ? (entry['cells'] ?? null) : null
    const label = isJsonObject(cells) ? (cells[labelColumn] ?? null) : null
    return isBlank(label) ? [] : [label]
  })
  const subject = typeof expression === 'string' ? compileExpression(expression) : null
  const subjectText = textOf(expression)
  return labels.map((label) => ({
    raw: `${subjectText} == ${textOf(label)}`,
    expressions: subject ? [subject] : [],
    decide(scope) {
      if (isBlank(expression)) throw new ExpressionError('syntax', 'The switch has no expression to compare')
      const left = subject ? evaluateExpression(subject, scope) : expression
      return compareValues('==', left, labelValue(label, scope), new StepBudget())
    },
  }))
}

/** A label is an expression; one that is none, or names nothing known, is the text it is written as. */
function labelValue(label: Json, scope: Scope): Json {
  if (typeof label !== 'string') return label
  try {
    return evaluateExpression(compileExpression(label), scope)
  } catch (error) {
    if (error instanceof ExpressionError && error.reason !== 'value') return label.trim()
    throw error
  }
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function decide(branch: Branch, scope: Scope): { result: boolean } | { error: string } {
  try {
    return { result: branch.decide(scope) }
  } catch (error) {
    if (error instanceof ExpressionError) return { error: error.message }
    throw error
  }
}

/** What the log shows of a branch: its text, the same with values in place of references, and the values by name.
 *  For people only: long values are cut. */
function describe({ raw, template, expressions }: Branch, scope: Scope): JsonObject {
  const parts = template.kind === 'text' ? template.parts : template.kind === 'reference' ? [template] : [raw]
  const variables = new Map<string, Json>()
  const resolved = parts.map((part) => {
    if (typeof part === 'string') return part
    const value = readReference(part.reference, scope)
    if (value === undefined) return part.text
    variables.set(part.text, previewValue(value))
    return previewText(value)
  })
  for (const name of expressions.flatMap(({ names }) => names)) {
    const value = Object.hasOwn(scope.variables, name) ? scope.variables[name] : scope.block(name)
    if (value !== undefined) variables.set(name, previewValue(value))
  }
  return { raw, resolved: resolved.join(''), variables: Object.fromEntries(variables) }
}

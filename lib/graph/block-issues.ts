import { titleOf } from './block-title'
import { compileExpression } from './expression/compile-expression'
import { visibleBlock, type Plan, type PlanBlock } from './plan'
import { compileTemplate, readPath, referencesIn, type Reference } from './references'
import { readScheduleConfig } from './schedule-config'
import type { GraphIssue } from '../contract/graph'
import type { Json } from '../contract/json'

/** What a block's config alone says: wrong JSON types, an invalid schedule, and what its definition checks. */
export function configIssues({ block, definition }: PlanBlock): GraphIssue[] {
  const issues: GraphIssue[] = [...typeIssues({ block, definition })]
  const named = (message: string) => `${titleOf(block)}: ${message}`
  if (definition.capabilities.trigger === 'start' && block.enabled) {
    for (const { path, message } of readScheduleConfig(block.config).issues) {
      issues.push({ code: 'schedule_invalid', severity: 'error', block: block.id, path, message: named(message) })
    }
  }
  for (const issue of definition.check(block.config)) {
    const isTold = issues.some(({ code, path }) => code === issue.code && path === issue.path)
    if (!isTold) issues.push({ ...issue, block: block.id, message: named(issue.message) })
  }
  return issues
}

/** References of a block that find nothing among its ancestors. A warning: the text is then left as written. */
export function referenceIssues(plan: Plan, block: PlanBlock): GraphIssue[] {
  const reported = new Set<string>()
  const report = (name: string, path: string): GraphIssue[] => {
    const key = JSON.stringify([path, name])
    if (reported.has(key) || visibleBlock(plan, block, name) !== undefined) return []
    reported.add(key)
    const exists = plan.indexOfId.has(name) || plan.indexesOfName.has(name)
    const remedy = exists
      ? `refers to ${name}, which does not run before it; connect ${name} to it, directly or through other blocks`
      : `refers to ${name}, but no block has that id or name`
    const message = `${titleOf(block.block)} ${remedy}`
    return [{ code: 'reference_unknown', severity: 'warning', block: block.block.id, path, message }]
  }
  return [
    ...fieldReferences(block).flatMap(({ field, references }) =>
      references.flatMap((reference) => (reference.kind === 'block' ? report(reference.block, `config.${field}`) : [])),
    ),
    ...block.mappings.flatMap(({ sourceId, position }) =>
      report(sourceId, `config._inputMappings.${position}.sourceId`),
    ),
  ]
}

function typeIssues({ block, definition }: Pick<PlanBlock, 'block' | 'definition'>): GraphIssue[] {
  const parsed = definition.config.safeParse(block.config)
  if (parsed.success) return []
  return parsed.error.issues.flatMap(({ path, message }): GraphIssue[] => {
    const keys = path.map(String)
    // A reference may stand for a value of any type: the run checks what it resolved to.
    if (holdsReference(readPath(block.config, keys))) return []
    const where = ['config', ...keys].join('.')
    const text = `${titleOf(block)}: ${where}: ${message}`
    return [{ code: 'config_type', severity: 'error', block: block.id, path: where, message: text }]
  })
}

function holdsReference(value: Json | undefined): boolean {
  if (value === undefined) return false
  return referencesIn(compileTemplate(value, { secrets: true })).length > 0 || JSON.stringify(value).includes('{{')
}

function fieldReferences({ template, block, definition }: PlanBlock): { field: string; references: Reference[] }[] {
  const inTemplate =
    template.kind === 'object'
      ? template.fields.map(([field, value]) => ({ field, references: referencesIn(value) }))
      : []
  const inExpressions = definition.expressionFields.map((field) => ({
    field,
    references: textsIn(block.config[field] ?? null).flatMap((text) => expressionReferences(text)),
  }))
  return [...inTemplate, ...inExpressions]
}

/** Of a text that is no expression (a half-written one, a label) only the references count. */
function expressionReferences(text: string): readonly Reference[] {
  const compiled = compileExpression(text)
  return compiled.root === null ? referencesIn(compileTemplate(text, { secrets: false })) : compiled.references
}

function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value]
  if (value === null || typeof value !== 'object') return []
  return Object.values(value).flatMap((item: Json) => textsIn(item))
}

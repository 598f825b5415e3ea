import { titleOf } from './block-title'
import { compileExpression } from './expression/compile-expression'
import type { Catalog } from '../blocks/contract'
import type { Graph, GraphIssue } from '../contract/graph'
import { isJsonObject, type Json } from '../contract/json'

/** Expressions that are none. A run counts them as false and goes on, so the server has nothing against them; whoever
 *  writes one wants to know. Labels are texts, and no expressions. */
export function unreadableExpressions({ blocks }: Graph, catalog: Catalog): GraphIssue[] {
  return blocks.flatMap((block) =>
    (catalog.get(block.type)?.expressionFields ?? []).flatMap((field) =>
      expressionsIn(block.config[field], field).flatMap(({ text, path }): GraphIssue[] => {
        const { error } = compileExpression(text)
        if (error === null) return []
        const message = `${titleOf(block)}: “${shortened(text)}” counts as false: ${error.message}`
        return [{ code: 'config_type', severity: 'warning', block: block.id, path: `config.${path}`, message }]
      }),
    ),
  )
}

function expressionsIn(value: Json | undefined, field: string): { text: string; path: string }[] {
  if (Array.isArray(value))
    return value.flatMap((row, index) =>
      isJsonObject(row) && typeof row['expression'] === 'string'
        ? [{ text: row['expression'], path: `${field}.${index}.expression` }]
        : [],
    )
  return typeof value === 'string' && field === 'expression' ? [{ text: value, path: field }] : []
}

const maxCharsShown = 40

function shortened(text: string): string {
  return text.length > maxCharsShown ? `${text.slice(0, maxCharsShown)}…` : text
}

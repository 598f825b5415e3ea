import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject } from '../../contract/json'
import { blockConfig, defineBlock, field, kinds, type Handle } from '../contract'

/** Text of the condition language; a client may send `true` itself. */
const expression = z.union([z.string(), z.boolean(), z.number()], 'must be text').nullish()
const branch = z.looseObject({ expression }, 'must be an object with an expression')
const switchCase = z.looseObject({ cells: z.looseObject({}).nullish() }, 'must be a table row')

/** Takes the first branch whose expression is true, else the last way out. */
export const condition = defineBlock({
  type: 'condition',
  aliases: [],
  title: 'Condition',
  description: 'Follows the first branch whose expression is true, or else.',
  category: 'logic',
  icon: 'git-branch',
  config: blockConfig({
    mode: field(kinds.text, {
      title: 'Decides by',
      control: 'select',
      options: ['branches', 'switch'],
      help: 'Branches: the first expression that is true. Switch: the first label the expression equals.',
    }),
    expression: field(expression, {
      title: 'Expression',
      control: 'text',
      shownIf: (config) => config['mode'] === 'switch' || isFilled(config['expression']),
    }),
    branches: field(z.array(branch, 'must be a list').nullish(), {
      title: 'Branches',
      control: 'table',
      shownIf: (config) => config['mode'] !== 'switch',
    }),
    cases: field(z.array(switchCase, 'must be a list').nullish(), {
      title: 'Cases',
      control: 'table',
      columns: ['Case Label'],
      shownIf: (config) => config['mode'] === 'switch',
    }),
  }),
  defaults: { branches: [{ expression: '' }] },
  outputs(config) {
    const labels = branchLabels(config)
    const branches = labels.map((label, index): Handle => ({ id: index === 0 ? 'if' : `elif_${index}`, label }))
    return [...branches, { id: 'else', label: 'else' }]
  },
  summary(config) {
    const [first, ...others] = branchLabels(config).filter((label) => label !== '')
    if (first === undefined) return 'No condition yet'
    return others.length > 0 ? `${first} (and ${others.length} more)` : first
  },
  outputFields: [
    { path: 'output', title: 'Was a branch true' },
    { path: 'route', title: 'Route' },
    { path: 'result', title: 'Route (as result)' },
  ],
  capabilities: { routes: true, isContained: true },
  // Labels too: text that arrives in data must not be read as an expression.
  boundFields: ['expression', 'branches', 'cases'],
  expressionFields: ['expression', 'branches', 'cases'],
  secretFields: [],
  check: () => [],
})

function isFilled(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== ''
}

/** The branches in order of their routes, as text for their handles. */
function branchLabels(config: JsonObject): string[] {
  if (config['mode'] === 'switch') {
    return listOf(config['cases'])
      .map((row) => labelOf(cellsOf(row)['Case Label']))
      .filter((label) => label !== '')
  }
  const branches = listOf(config['branches'])
  if (branches.length > 0) return branches.map((row) => labelOf(isJsonObject(row) ? row['expression'] : row))
  const label = labelOf(config['expression'])
  return label === '' ? [] : [label]
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

function cellsOf(row: Json): JsonObject {
  return isJsonObject(row) && isJsonObject(row['cells']) ? row['cells'] : {}
}

function labelOf(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value.trim() : JSON.stringify(value)
}

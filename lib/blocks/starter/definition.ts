import { isJsonObject, type JsonObject } from '../../contract/json'
import { blockConfig, defineBlock, field, kinds, readNumber, readSwitch, readText, singleOutput } from '../contract'

/** Starts every execution and hands on the run's variables over its own defaults. */
export const starter = defineBlock({
  type: 'starter',
  aliases: [],
  title: 'Start',
  description: 'Starts the workflow with its variables, laid over default values.',
  category: 'triggers',
  icon: 'play',
  config: blockConfig({
    input: field(kinds.json, {
      title: 'Default input',
      control: 'json',
      help: 'An object. Variables of the same name win.',
    }),
    schedule_enabled: field(kinds.json, { title: 'Run on a schedule', control: 'switch' }),
    schedule_type: field(kinds.json, {
      title: 'Schedule',
      control: 'select',
      options: ['interval', 'cron'],
      shownIf: isScheduled,
    }),
    schedule_interval_value: field(kinds.json, { title: 'Every', control: 'number', shownIf: isInterval }),
    schedule_interval_unit: field(kinds.json, {
      title: 'Unit',
      control: 'select',
      options: ['minutes', 'hours', 'days'],
      shownIf: isInterval,
    }),
    schedule_cron: field(kinds.json, {
      title: 'Cron',
      control: 'text',
      help: 'Five fields, such as 0 9 * * 1-5',
      shownIf: isCron,
    }),
    schedule_timezone: field(kinds.json, {
      title: 'Time zone',
      control: 'text',
      help: 'Such as Europe/Berlin',
      shownIf: isScheduled,
    }),
    schedule_start_at: field(kinds.json, { title: 'Not before', control: 'text', shownIf: isScheduled }),
    schedule_end_at: field(kinds.json, { title: 'Not after', control: 'text', shownIf: isScheduled }),
    schedule_max_runs: field(kinds.json, { title: 'Runs at most', control: 'number', shownIf: isScheduled }),
  }),
  defaults: { input: {} },
  outputs: () => singleOutput,
  summary(config) {
    if (readSwitch(config['schedule_enabled'])) return scheduleSummary(config)
    const names = isJsonObject(config['input']) ? Object.keys(config['input']) : []
    return names.length > 0 ? `Defaults for ${names.join(', ')}` : 'Starts with the run’s variables'
  },
  outputFields: [{ path: 'output', title: 'Variables' }],
  capabilities: { trigger: 'start', isContained: true },
  boundFields: [],
  expressionFields: [],
  secretFields: [],
  // The schedule keys are checked by the compiler: reading them takes more than a leaf may import.
  check: () => [],
})

function isScheduled(config: JsonObject): boolean {
  return readSwitch(config['schedule_enabled'])
}

function isCron(config: JsonObject): boolean {
  return isScheduled(config) && config['schedule_type'] === 'cron'
}

function isInterval(config: JsonObject): boolean {
  return isScheduled(config) && !isCron(config)
}

function scheduleSummary(config: JsonObject): string {
  if (config['schedule_type'] === 'cron') return `On schedule ${readText(config['schedule_cron'])}`
  const every = readNumber(config['schedule_interval_value'])
  return every === null ? 'On a schedule' : `Every ${every} ${readText(config['schedule_interval_unit']) || 'minutes'}`
}

import type { GraphIssue } from '../../contract/graph'
import { isUuid } from '../../contract/ids'
import { blockConfig, defineBlock, field, kinds, readText, singleOutput } from '../contract'

/** Starts an execution when its own URL is called. */
export const webhook = defineBlock({
  type: 'webhook',
  aliases: [],
  title: 'Webhook',
  description: 'Starts the workflow when its URL is called with the right secret.',
  category: 'triggers',
  icon: 'webhook',
  config: blockConfig({
    // Of any type: a wrong one is the webhook_credentials warning, and the door answers 401.
    webhook_id: field(kinds.json, { title: 'Webhook id', control: 'text', help: 'A UUID', required: true }),
    webhook_secret: field(kinds.json, { title: 'Secret', control: 'text', required: true }),
  }),
  defaults: {},
  outputs: () => singleOutput,
  summary: (config) => (isUuid(config['webhook_id']) ? 'Starts when its URL is called' : 'Has no URL yet'),
  outputFields: [
    { path: 'output', title: 'Body' },
    { path: 'request.method', title: 'Method' },
    { path: 'request.headers', title: 'Headers' },
    { path: 'request.query', title: 'Query' },
  ],
  capabilities: { trigger: 'webhook', isContained: true },
  boundFields: [],
  expressionFields: [],
  secretFields: [],
  credentialFields: ['webhook_id', 'webhook_secret'],
  check(config) {
    const issues = []
    if (!isUuid(config['webhook_id']))
      issues.push(missingCredential('webhook_id', 'The webhook has no URL: webhook_id must be a UUID'))
    if (readText(config['webhook_secret']) === '')
      issues.push(missingCredential('webhook_secret', 'The webhook has no secret, so every call is refused'))
    return issues
  },
})

function missingCredential(key: string, message: string): Omit<GraphIssue, 'block'> {
  return { code: 'webhook_credentials', severity: 'warning', path: `config.${key}`, message }
}

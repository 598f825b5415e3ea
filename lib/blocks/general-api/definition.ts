import { blockConfig, defineBlock, field, isMissing, kinds, missingConfig, readText, singleOutput } from '../contract'

/** Calls an HTTP API. */
export const generalApi = defineBlock({
  type: 'general_api',
  aliases: ['api_call'],
  title: 'HTTP request',
  description: 'Calls an HTTP API and hands on what it answers.',
  category: 'actions',
  icon: 'globe',
  config: blockConfig({
    url: field(kinds.text, { title: 'URL', control: 'text', required: true }),
    method: field(kinds.text, {
      title: 'Method',
      control: 'select',
      options: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
    }),
    headers: field(kinds.pairs, { title: 'Headers', control: 'table' }),
    params: field(kinds.pairs, { title: 'Query parameters', control: 'table' }),
    body: field(kinds.json, { title: 'Body', control: 'json', help: 'JSON, or text sent as it is' }),
    timeout: field(kinds.number, { title: 'Time limit of the call (ms)', control: 'number' }),
  }),
  defaults: { url: '', method: 'GET', headers: [], params: [] },
  outputs: () => singleOutput,
  summary(config) {
    const method = readText(config['method']).toUpperCase() || 'GET'
    return `${method} ${readText(config['url']) || '(no URL yet)'}`
  },
  outputFields: [
    { path: 'output', title: 'Answer' },
    { path: 'status_code', title: 'Status code' },
    { path: 'headers', title: 'Headers' },
  ],
  capabilities: {},
  boundFields: [],
  expressionFields: [],
  secretFields: ['url', 'headers', 'params', 'body'],
  check: (config) => (isMissing(config, 'url') ? [missingConfig('url', 'The request has no address: fill url')] : []),
})

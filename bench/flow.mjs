import { randomUUID } from 'node:crypto'
import { api } from './servers.mjs'

/** The benchmark's request body. */
export const order = JSON.stringify({
  customer: 'ada',
  items: [
    { price: 60, qty: 2 },
    { price: 5, qty: 3 },
  ],
})

const total = 'return { total: order.output.items.reduce((sum, item) => sum + item.price * item.qty, 0) }'

/** webhook -> code (JavaScript) -> condition -> response, with the webhook's credentials. */
function webhookFlow() {
  const webhookId = randomUUID()
  const secret = randomUUID()
  const blocks = [
    { id: 'order', type: 'webhook', config: { webhook_id: webhookId, webhook_secret: secret } },
    { id: 'total', type: 'code', config: { language: 'javascript', code: total } },
    { id: 'tier', type: 'condition', config: { branches: [{ expression: '<total.output.total> > 100' }] } },
    { id: 'gold', type: 'response', config: { output: { tier: 'gold', total: '<total.output.total>' } } },
    { id: 'basic', type: 'response', config: { output: { tier: 'basic', total: '<total.output.total>' } } },
  ]
  const edges = [
    { source: 'order', target: 'total' },
    { source: 'total', target: 'tier' },
    { source: 'tier', target: 'gold', sourceHandle: 'if', condition: 'if' },
    { source: 'tier', target: 'basic', sourceHandle: 'else', condition: 'else' },
  ]
  return { webhookId, secret, graph: { blocks, edges } }
}

/** starter -> split -> split -> … of `length` splits, each handing on what came before it. */
export function splitChain(length) {
  const blocks = [{ id: 's0', type: 'starter', config: {} }]
  const edges = []
  for (let i = 1; i <= length; i++) {
    blocks.push({ id: `s${i}`, type: 'split', config: { input: `<s${i - 1}.output>` } })
    edges.push({ source: `s${i - 1}`, target: `s${i}` })
  }
  return { blocks, edges }
}

/** Saves and deploys the webhook flow on a server. */
export async function deployFlow(server) {
  const { webhookId, secret, graph } = webhookFlow()
  const { id } = await api(server, 'POST', '/api/workflows', { name: 'bench' })
  await api(server, 'PUT', `/api/workflows/${id}/graph`, graph)
  await api(server, 'POST', `/api/workflows/${id}/deploy`)
  return { workflowId: id, url: `${server.url}/api/webhooks/${webhookId}`, secret }
}

import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

const answers = {
  '/stock': { afterMs: 180, body: { sku: 'TEA-250', left: 41 } },
  '/customers': { afterMs: 320, body: { name: 'Ada', isMember: true } },
  '/reservations': { afterMs: 140, body: { reservation: 'r-1042' } },
}

/** The shop's own services, as far as the pictured workflow calls them: answers that take their time. */
export async function startShop() {
  const server = createServer((request, response) => {
    const answer = Object.entries(answers).find(([path]) => request.url.startsWith(path))?.[1]
    void wait(answer?.afterMs ?? 0).then(() => {
      response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answer?.body ?? {}))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() }
}

/** Takes an order, asks two services at once, decides, and answers. */
export function ordersGraph(shopUrl) {
  const block = (id, type, name, column, y, config = {}) => ({
    id,
    type,
    name,
    position: { x: column * 336, y },
    config,
  })
  const edge = (source, target, sourceHandle = 'output') => ({ source, target, sourceHandle })
  return {
    blocks: [
      block('order', 'webhook', 'Order placed', 0, 160, {
        webhook_id: crypto.randomUUID(),
        webhook_secret: crypto.randomUUID(),
      }),
      block('stock', 'general_api', 'Look up stock', 1, 0, {
        method: 'GET',
        url: `${shopUrl}/stock/<order.output.sku>`,
      }),
      block('customer', 'general_api', 'Find the customer', 1, 160, {
        method: 'GET',
        url: `${shopUrl}/customers/<order.output.customer>`,
        retry: { max_attempts: 3, backoff_ms: 200 },
      }),
      block('total', 'code', 'Add up the order', 1, 320, {
        language: 'javascript',
        code: 'const { price, quantity } = order.output\nreturn price * quantity',
      }),
      block('tier', 'condition', 'Large order?', 2, 128, {
        branches: [{ expression: '<total.output> >= 100' }, { expression: '<customer.output.isMember> == true' }],
      }),
      block('reserve', 'general_api', 'Reserve the stock', 3, 0, {
        method: 'POST',
        url: `${shopUrl}/reservations`,
        body: { sku: '<order.output.sku>', quantity: '<order.output.quantity>' },
      }),
      block('accepted', 'response', 'Accepted', 4, 0, {
        status: 201,
        output: { total: '<total.output>', reservation: '<reserve.output.reservation>' },
      }),
      block('member', 'response', 'Member price', 3, 160, { output: { total: '<total.output>', off: '10 %' } }),
      block('standard', 'response', 'Standard price', 3, 288, { output: { total: '<total.output>' } }),
      block('later', 'response', 'Try again later', 2, 352, { status: 503, output: { error: 'Stock is unknown' } }),
    ],
    edges: [
      edge('order', 'stock'),
      edge('order', 'customer'),
      edge('order', 'total'),
      edge('stock', 'tier'),
      edge('customer', 'tier'),
      edge('total', 'tier'),
      edge('stock', 'later', 'error'),
      edge('tier', 'reserve', 'if'),
      edge('reserve', 'accepted'),
      edge('tier', 'member', 'elif_1'),
      edge('tier', 'standard', 'else'),
    ],
  }
}

export const order = { sku: 'TEA-250', customer: 'ada', price: 24, quantity: 6 }

import { createServer } from 'node:http'

const server = createServer((request, response) => {
  let text = ''
  request.setEncoding('utf8')
  request.on('data', (chunk) => (text += chunk))
  request.on('end', () => {
    const { items } = JSON.parse(text)
    const total = items.reduce((sum, item) => sum + item.price * item.qty, 0)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ tier: total > 100 ? 'gold' : 'basic', total }))
  })
})
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))

import { execFile, execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { curlOf, fetchOf, pythonOf } from './webhook-snippets'

const secret = `it's "a" $(secret) \`here\` \\ `.trimEnd()

it('a secret with quotes reaches curl as it is', () => {
  const command = curlOf({ url: 'http://127.0.0.1:3000/api/webhooks/x', secret }).replace('curl', 'printf "%s\\n"')
  const words = execFileSync('sh', ['-c', command], { encoding: 'utf8' }).split('\n')
  expect(words).toContain(`Authorization: Bearer ${secret}`)
  expect(words).toContain('http://127.0.0.1:3000/api/webhooks/x')
})

it('the fetch snippet calls as it stands and prints the answer', async () => {
  const server = createServer((request, response) => {
    request.on('data', (body: Buffer) => {
      response.end(
        `${request.method} ${request.headers.authorization} ${request.headers['content-type']} ${String(body)}`,
      )
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  // A server that listens on TCP has such an address.
  const { port } = server.address() as AddressInfo
  const code = fetchOf({ url: `http://127.0.0.1:${port}/hook`, secret })
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code])
  server.close()
  expect(stdout.trim()).toBe(`200 POST Bearer ${secret} application/json {"hello":"world"}`)
})

it('the Python snippet carries the secret as a string that Python reads back', () => {
  expect(pythonOf({ url: 'http://h/x', secret: 'a"b\\c' })).toContain('"Authorization": "Bearer a\\"b\\\\c"')
})

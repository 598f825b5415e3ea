import { execFile, execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { curlOf, exampleBody, fetchOf, pythonOf } from './webhook-snippets'

const body = { note: `it's "b"`, list: [1, true, null] }
const secret = `it's "a" $(secret) \`here\` \\ `.trimEnd()

it('a secret and a body with quotes reach curl as they are', () => {
  const command = curlOf({ url: 'http://127.0.0.1:3000/api/webhooks/x', secret, body }).replace(
    'curl',
    'printf "%s\\n"',
  )
  const words = execFileSync('sh', ['-c', command], { encoding: 'utf8' }).split('\n')
  expect(words).toContain(`Authorization: Bearer ${secret}`)
  expect(words).toContain(JSON.stringify(body))
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
  const code = fetchOf({ url: `http://127.0.0.1:${port}/hook`, secret, body })
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code])
  server.close()
  expect(stdout.trim()).toBe(`200 POST Bearer ${secret} application/json ${JSON.stringify(body)}`)
})

it('the Python snippet carries the secret and the body as Python reads them back', () => {
  const code = pythonOf({ url: 'http://h/x', secret: 'a"b\\c', body })
  expect(code).toContain('"Authorization": "Bearer a\\"b\\\\c"')
  expect(code).toContain(`json.dumps({"note": "it's \\"b\\"", "list": [1, True, None]}).encode()`)
})

it.each([
  ['what was sent last', [{ a: 1 }, { b: 2 }], { a: 1 }],
  ['what comes next where that says nothing', [undefined, {}, [], null, 'text', { b: 2 }], { b: 2 }],
  ['nothing too long to paste', [{ a: 'x'.repeat(1_000) }, [1]], [1]],
  ['something at all', [], { hello: 'world' }],
])('an example sends %s', (_title, known, expected) => {
  expect(exampleBody(known)).toEqual(expected)
})

import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { curlOf } from './publish'

it('a secret with quotes reaches curl as it is', () => {
  const secret = `it's "a" $(secret) \`here\``
  const command = curlOf('http://127.0.0.1:3000/api/webhooks/x', secret).replace('curl', 'printf "%s\\n"')
  const words = execFileSync('sh', ['-c', command], { encoding: 'utf8' }).split('\n')
  expect(words).toContain(`Authorization: Bearer ${secret}`)
  expect(words).toContain('http://127.0.0.1:3000/api/webhooks/x')
})

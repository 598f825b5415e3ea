// Scores the copilot against the providers of the environment: OPENAI_API_KEY, ANTHROPIC_API_KEY, … as README names them,
// or any compatible server with OPENAI_BASE_URL. COPILOT_MODEL names the model (`openai/gpt-…`). `-- tier mend` asks only
// those requests.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { evaluate } from './evaluate.mjs'
import { apiKey, startSluice } from '../servers.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const chosen = process.argv.slice(2)
const all = JSON.parse(await readFile(join(here, 'requests.json'), 'utf8'))
const requests = chosen.length > 0 ? all.filter(({ id }) => chosen.includes(id)) : all
const model = process.env.COPILOT_MODEL ?? null

const sluice = await startSluice()
try {
  // One request speaks of it.
  await ask('PUT', '/api/settings/secrets/CHAT_TOKEN', { value: 'a token for the chat' })
  const results = []
  for (const request of requests) {
    const result = await evaluate(ask, request, model)
    results.push(result)
    console.log(`${result.passed ? 'pass' : 'FAIL'}  ${result.id} (${result.seconds} s, ${result.tokens} tokens)`)
    for (const failure of result.failed) console.log(`      wanted ${failure}`)
  }
  const passed = results.filter((result) => result.passed).length
  console.log(`${passed} of ${results.length} with ${model ?? 'the default model'}`)
  const folder = join(here, '..', 'results')
  await mkdir(folder, { recursive: true })
  const file = join(folder, `copilot-${new Date().toISOString().slice(0, 10)}.json`)
  await writeFile(file, `${JSON.stringify({ model, passed, of: results.length, results }, null, 2)}\n`)
  console.log(`kept in ${file}`)
} finally {
  await sluice.stop()
}

async function ask(method, path, body) {
  const response = await fetch(`${sluice.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  return { status: response.status, text, body: isJson ? JSON.parse(text) : {} }
}

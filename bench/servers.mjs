import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const apiKey = 'benchmark-key-0123456789'

/** Starts Sluice on a fresh data folder, with settings over the benchmark's. */
export async function startSluice(settings = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'sluice-bench-'))
  const encryptionKey = 'the key of every process of a benchmark'
  const child = spawn(process.execPath, await argumentsOf('start'), {
    cwd: root,
    env: {
      ...process.env,
      PORT: '0',
      SLUICE_DATA_DIR: dataDir,
      SLUICE_API_KEY: apiKey,
      SLUICE_ENCRYPTION_KEY: encryptionKey,
      SLUICE_EXECUTE_CALLS_PER_MINUTE: '1000000',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await firstMatch(child, /http:\/\/[\d.]+:\d+/)
  return {
    url,
    dataDir,
    encryptionKey,
    pid: child.pid,
    stop: () => stop(child).then(() => rm(dataDir, { recursive: true, force: true })),
  }
}

/** Starts a worker on the database of a running server. */
export async function startWorker(settings) {
  const dataDir = await mkdtemp(join(tmpdir(), 'sluice-bench-worker-'))
  const child = spawn(process.execPath, await argumentsOf('worker'), {
    cwd: root,
    env: { ...process.env, SLUICE_DATA_DIR: dataDir, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await firstMatch(child, /worker is ready/)
  return { stop: () => stop(child).then(() => rm(dataDir, { recursive: true, force: true })) }
}

/** Address of a bundled database, while its server runs. */
export async function databaseUrl(dataDir) {
  const password = (await readFile(join(dataDir, 'postgres/password'), 'utf8')).trim()
  const [, , , port] = (await readFile(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')
  return `postgresql://sluice:${password}@127.0.0.1:${port}/sluice`
}

/** A bare `node:http` server that parses the body and answers JSON. */
export async function startBareHttp() {
  const child = spawn(process.execPath, [join(root, 'bench', 'bare-http.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await firstMatch(child, /http:\/\/[\d.]+:\d+/)
  return { url, stop: () => stop(child) }
}

/** Node-RED with the same flow, installed on first use into `bench/peers`. */
export async function startNodeRed() {
  const dir = join(root, 'bench', 'peers')
  await mkdir(dir, { recursive: true })
  // Its files are CommonJS; without a package of its own they would count as ours.
  await writeFile(join(dir, 'package.json'), '{"private": true}\n')
  await run('npm', ['install', '--prefix', dir, '--no-save', '--no-package-lock', 'node-red@4.1.1'])
  const child = spawn(
    process.execPath,
    [
      join(dir, 'node_modules/node-red/red.js'),
      '-u',
      join(dir, 'user'),
      '-p',
      '18800',
      join(root, 'bench/node-red-flow.json'),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  await firstMatch(child, /Started flows/)
  return { url: 'http://127.0.0.1:18800/bench', stop: () => stop(child) }
}

/** Calls the API and answers with the parsed body. */
export async function api(server, method, path, body, headers = {}) {
  const response = await fetch(server.url + path, {
    method,
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  return text === '' ? null : JSON.parse(text)
}

/** What `npm run <script>` gives to Node. */
async function argumentsOf(script) {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  return scripts[script].split(' ').slice(1)
}

function firstMatch(child, pattern) {
  return new Promise((resolve, reject) => {
    let text = ''
    const onData = (chunk) => {
      text += chunk
      const match = pattern.exec(text)
      if (!match) return
      child.stdout.off('data', onData)
      child.stdout.resume()
      resolve(match[0])
    }
    child.stdout.on('data', onData)
    child.once('exit', () => reject(new Error(`the process ended without printing ${pattern}: ${text}`)))
  })
}

async function stop(child) {
  if (child.exitCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}

async function run(command, args) {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`)
}

import 'server-only'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { BlockError } from '../blocks/contract'
import type { CodeJob } from '../blocks/contract'
import { maxCodeLogBytes, maxCodeOutputBytes, pythonStartTimeoutMs } from '../limits'
import { stopped } from './pool'
import type { CodeResult, Runner } from './pool'
import { confinementText, possibleConfinements, spawnPython } from './python-process'
import type { Confinement } from './python-process'
import { ensureSnapshot } from './python-snapshot'
import { readReply, timeoutText } from './reply'

/** The answer is JSON text inside JSON: escaping at most doubles it. */
const maxReplyBytes = 2 * maxCodeOutputBytes + 8 * maxCodeLogBytes

export interface PythonOptions {
  rootDir: string
  /** The interpreter's snapshot is kept here. */
  dataDir: string
  log: { info(message: string): void }
}

/** Prepares starting Python processes: finds once how far this system confines them and where the snapshot lies. The
 *  returned function starts one, ready for one job. */
export function createPythonStarter(options: PythonOptions): () => Promise<Runner> {
  let preparing: Promise<{ confinement: Confinement; snapshot: string }> | null = null
  const prepare = async () => {
    const confinement = await findConfinement(options.rootDir)
    options.log.info(`Python sandbox: ${confinementText[confinement]}`)
    return { confinement, snapshot: await ensureSnapshot(options.rootDir, options.dataDir, confinement) }
  }
  return async () => {
    try {
      preparing ??= prepare()
      const { confinement, snapshot } = await preparing
      return await startPythonRunner(options.rootDir, confinement, snapshot)
    } catch (cause) {
      // The next start looks again: a full disk or a removed file may be mended by then.
      preparing = null
      throw new Error(`Python is not available: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    }
  }
}

async function findConfinement(rootDir: string): Promise<Confinement> {
  for (const confinement of possibleConfinements()) {
    const child = spawnPython({ rootDir, confinement, task: 'probe' })
    const works = await once(child, 'close').then(
      ([code]) => code === 0,
      () => false,
    )
    if (works) return confinement
  }
  throw new Error('no process for it could be started')
}

async function startPythonRunner(rootDir: string, confinement: Confinement, snapshot: string): Promise<Runner> {
  const file = await open(snapshot)
  try {
    const child = spawnPython({ rootDir, confinement, task: 'serve', snapshotFile: file.fd })
    await untilReady(child)
    return new PythonRunner(child)
  } finally {
    await file.close()
  }
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let errors = ''
    const collect = (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(0, 2_000))
    const timer = setTimeout(() => child.kill('SIGKILL'), pythonStartTimeoutMs)
    const failed = () => {
      clearTimeout(timer)
      reject(new Error(`the interpreter ended while it started${errors && `: ${errors.trim().split('\n')[0]}`}`))
    }
    child.stderr?.on('data', collect)
    child.once('error', failed)
    child.once('close', failed)
    child.stdout?.once('data', () => {
      clearTimeout(timer)
      child.off('error', failed)
      child.off('close', failed)
      child.on('error', () => undefined)
      child.stderr?.off('data', collect).resume()
      resolve()
    })
  })
}

/** One process, one job: a fresh interpreter is the only proof that nothing of an earlier run is left. */
class PythonRunner implements Runner {
  readonly capacity = 1
  readonly #child: ChildProcess
  readonly #closed: Promise<unknown>
  #isUsable = true

  constructor(child: ChildProcess) {
    this.#child = child
    this.#closed = new Promise((resolve) => child.once('close', resolve))
  }

  run(job: CodeJob): Promise<CodeResult> {
    this.#isUsable = false
    const child = this.#child
    return new Promise<CodeResult>((resolve, reject) => {
      const chunks: Buffer[] = []
      let sizeBytes = 0
      const end = (error: Error | null) => {
        clearTimeout(timer)
        job.signal.removeEventListener('abort', abort)
        child.kill('SIGKILL')
        if (error) reject(error)
      }
      const abort = () => end(stopped())
      const timer = setTimeout(() => end(new BlockError(timeoutText(job.timeoutMs))), job.timeoutMs)
      job.signal.addEventListener('abort', abort)
      child.stdout?.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        sizeBytes += chunk.length
        if (sizeBytes > maxReplyBytes) return end(new BlockError('The sandbox answered too much'))
        if (chunk.at(-1) !== newline) return
        end(null)
        resolve(Promise.resolve(chunks).then(readChunks))
      })
      child.once('close', () => end(new BlockError('The code ended the interpreter (out of memory?)')))
      const { code, timeoutMs } = job
      child.stdin?.write(`${JSON.stringify({ code, bindings: JSON.stringify(job.bindings), timeoutMs })}\n`)
    })
  }

  takeBack(): void {
    // It holds one job, and that has begun.
  }

  isUsable(): boolean {
    return this.#isUsable
  }

  onExit(listener: () => void): void {
    this.#child.once('close', listener)
  }

  async dispose(): Promise<void> {
    this.#isUsable = false
    this.#child.kill('SIGKILL')
    await this.#closed
  }
}

const newline = 10

function readChunks(chunks: Buffer[]): CodeResult {
  let reply: unknown = null
  try {
    reply = JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    // Not an answer of ours: readReply says so.
  }
  return readReply(reply).take()
}

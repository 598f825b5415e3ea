import 'server-only'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { BlockError } from '../blocks/contract'
import { maxPdfPages, maxPdfStreamBytes, maxSourceTextChars, pdfHeapBytes, pdfTimeoutMs } from '../limits'

const replySchema = z.union([z.object({ text: z.string() }), z.object({ problem: z.string() })])

/** Reads the text of PDFs, one after the other, each in a thread of its own: a file made to keep its reader busy or to
 *  fill its memory harms nothing else. What is thrown (a BlockError) goes on from "The source ". */
export function createPdfReader(rootDir: string): (bytes: Uint8Array, signal: AbortSignal) => Promise<string> {
  let before: Promise<unknown> = Promise.resolve()
  return (bytes, signal) => {
    const reading = before.then(() => readInThread(rootDir, bytes, signal))
    before = reading.catch(() => undefined)
    return reading
  }
}

async function readInThread(rootDir: string, bytes: Uint8Array, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted()
  const worker = new Worker(path.join(rootDir, 'lib/sandbox/pdf-worker.mjs'), {
    env: {},
    execArgv: [],
    argv: [],
    stdin: false,
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: pdfHeapBytes / 1024 / 1024 },
    workerData: { bytes, maxPages: maxPdfPages, maxChars: maxSourceTextChars, maxStreamBytes: maxPdfStreamBytes },
  })
  const ended = AbortSignal.any([signal, AbortSignal.timeout(pdfTimeoutMs)])
  try {
    const reply = replySchema.parse(await firstMessage(worker, ended))
    if ('text' in reply) return reply.text
    throw new BlockError(reply.problem)
  } finally {
    await worker.terminate()
  }
}

function firstMessage(worker: Worker, ended: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', (error) =>
      reject(isOutOfMemory(error) ? new BlockError('takes too much memory to read') : error),
    )
    worker.once('exit', () => reject(new Error('The reader of PDFs ended without an answer')))
    ended.addEventListener('abort', () => reject(reasonOf(ended)))
  })
}

function reasonOf({ reason }: { reason: unknown }): Error {
  if (!(reason instanceof Error)) return new Error('The reading of a PDF was ended', { cause: reason })
  return reason.name === 'TimeoutError' ? new BlockError('takes too long to read') : reason
}

function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}

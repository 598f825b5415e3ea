import 'server-only'
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { JSONRPCMessageSchema, type JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js'
import type { McpCommand } from '../env'
import { childEndGraceMs, maxChildNoteChars, maxOutboundResponseBytes } from '../limits'
import { logger } from '../log'

/** An MCP server that is a program on this machine, spoken to over its standard input and output, a message a line.
 *  Unlike the SDK's own it hands on nothing of this process's environment but `PATH`, bounds what it reads, and ends the
 *  program with everything it started: its process group is asked to end, and killed after `childEndGraceMs`.
 *  Source: Model Context Protocol, "Transports", "stdio". */
export class ChildTransport implements Transport {
  onclose?: () => void
  onerror?: (error: Error) => void
  onmessage?: (message: JSONRPCMessage) => void
  #child: ChildProcessByStdio<Writable, Readable, Readable> | undefined
  #unread = ''
  /** The end of what the program said beside its messages: for the log, when it ends early. */
  #note = ''

  constructor(
    readonly name: string,
    readonly command: McpCommand,
    readonly path: string,
  ) {}

  async start(): Promise<void> {
    const { command, args } = this.command
    const env: Record<string, string> = { PATH: this.path, ...this.command.env }
    const child = spawn(command, args, {
      // Next.js declares NODE_ENV as always there; a child need not have it.
      env: env as NodeJS.ProcessEnv,
      stdio: ['pipe', 'pipe', 'pipe'],
      // A group of its own, so that what it starts can be ended with it.
      detached: process.platform !== 'win32',
      windowsHide: true,
    })
    this.#child = child
    const decoder = new StringDecoder('utf8')
    child.stdout.on('data', (chunk: Buffer) => this.#read(decoder.write(chunk)))
    child.stderr.on('data', (chunk: Buffer) => (this.#note = (this.#note + String(chunk)).slice(-maxChildNoteChars)))
    // A program that ended is told of by `close`; what was being written to it is lost with it.
    child.stdin.on('error', () => undefined)
    child.once('close', (code, signal) => this.#hasEnded(code ?? signal))
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', reject)
    })
  }

  async send(message: JSONRPCMessage): Promise<void> {
    if (!this.#child) throw new Error('the program has ended')
    const { stdin } = this.#child
    if (!stdin.write(`${JSON.stringify(message)}\n`)) {
      await new Promise<void>((resolve) => {
        stdin.once('drain', resolve)
        stdin.once('close', resolve)
      })
    }
  }

  async close(): Promise<void> {
    const child = this.#child
    if (!child) return
    this.#child = undefined
    child.stdin.end()
    endGroup(child.pid, 'SIGTERM')
    setTimeout(() => endGroup(child.pid, 'SIGKILL'), childEndGraceMs).unref()
    this.onclose?.()
  }

  #read(text: string): void {
    const lines = (this.#unread + text).split('\n')
    this.#unread = lines.pop() ?? ''
    if (this.#unread.length > maxOutboundResponseBytes) {
      this.onerror?.(new Error(`a message is longer than ${maxOutboundResponseBytes} bytes`))
      return void this.close()
    }
    for (const line of lines) if (line.trim() !== '') this.#hear(line)
  }

  #hear(line: string): void {
    try {
      this.onmessage?.(JSONRPCMessageSchema.parse(JSON.parse(line)))
    } catch (cause) {
      this.onerror?.(new Error('a line is no message of the protocol', { cause }))
    }
  }

  #hasEnded(how: number | string | null): void {
    if (!this.#child) return
    this.#child = undefined
    logger.warn({ mcp_server: this.name, ended: how, said: this.#note }, 'an MCP server ended by itself')
    this.onclose?.()
  }
}

/** The group is gone when everything in it has ended already. */
function endGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal)
  } catch {
    return
  }
}

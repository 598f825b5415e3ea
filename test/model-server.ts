import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { anthropicAnswer, googleAnswer } from './model-wire-formats'

/** How the server answers one call. */
export type Turn =
  | { text: string; reasoning?: string; finish?: string; usage?: [input: number, output: number] }
  | {
      calls: { name: string; input: unknown }[]
      reasoning?: string
      text?: string
      usage?: [input: number, output: number]
    }
  | { status: number; headers?: Record<string, string>; error?: string }
  /** Sends the head and these pieces, then nothing more. */
  | { hang: 'before the head' | 'midway' }
  | { garbage: string; type?: string }
  /** Sends half an answer and closes the connection. */
  | { breakOff: true }

/** One call as it arrived. */
export interface ModelCall {
  path: string
  headers: IncomingMessage['headers']
  body: Record<string, unknown>
  /** Resolves when the caller closed the connection before it had the whole answer. */
  left: Promise<void>
}

export interface ModelServer {
  /** With `/v1`, as an OpenAI-compatible provider wants it. */
  url: string
  calls: ModelCall[]
  /** The next turns, in order; the last one stays for every call after. */
  script(...turns: (Turn | ((call: ModelCall) => Turn | Promise<Turn>))[]): void
  /** How embeddings are asked for in vain; null answers them again. */
  breakEmbeddings(turn: Turn | null): void
  /** Resolves with the n-th call (from 0) once it arrived. */
  call(n: number): Promise<ModelCall>
  close(): Promise<void>
}

/** A real HTTP server with the APIs of OpenAI (chat completions, embeddings, models), Anthropic and Google, scripted. */
export async function startModelServer(): Promise<ModelServer> {
  const calls: ModelCall[] = []
  const waiting: (() => void)[] = []
  let embeddingsTurn: Turn | null = null
  let turns: (Turn | ((call: ModelCall) => Turn | Promise<Turn>))[] = [{ text: 'ok' }]
  const server = createServer((request, response) => {
    void receive(request, response).then(async (call) => {
      if (call.path.endsWith('/models')) return json(response, { data: [{ id: 'test-model' }] })
      if (call.path.endsWith('/embeddings'))
        return embeddingsTurn ? answer(response, call, embeddingsTurn) : json(response, embeddings(call.body['input']))
      calls.push(call)
      waiting.splice(0).forEach((wake) => wake())
      const turn = turns.length > 1 ? turns.shift() : turns[0]
      return answer(response, call, typeof turn === 'function' ? await turn(call) : (turn ?? { text: 'ok' }))
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    calls,
    script(...next) {
      turns = next
      calls.length = 0
    },
    breakEmbeddings(turn) {
      embeddingsTurn = turn
    },
    async call(n) {
      while (!calls[n]) await new Promise<void>((wake) => waiting.push(wake))
      return calls[n]
    },
    close: () => close(server),
  }
}

async function receive(request: IncomingMessage, response: ServerResponse): Promise<ModelCall> {
  const left = new Promise<void>((resolve) => {
    response.on('close', () => {
      if (!response.writableFinished) resolve()
    })
  })
  let text = ''
  for await (const chunk of request) text += String(chunk)
  const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
  return { path: request.url ?? '', headers: request.headers, body, left }
}

function answer(response: ServerResponse, call: ModelCall, turn: Turn): void {
  if ('status' in turn) {
    response.writeHead(turn.status, { 'content-type': 'application/json', ...turn.headers })
    response.end(JSON.stringify({ error: { message: turn.error ?? `status ${turn.status}` } }))
  } else if ('garbage' in turn) {
    response.writeHead(200, { 'content-type': turn.type ?? 'text/event-stream' }).end(turn.garbage)
  } else if ('hang' in turn) {
    if (turn.hang === 'midway') sse(response, [chunk({ content: 'half ' })])
  } else if ('breakOff' in turn) {
    sse(response, [chunk({ content: 'half ' })])
    setImmediate(() => response.destroy())
  } else if (call.path.includes('/messages')) {
    sse(response, anthropicAnswer(turn), { named: true }).end()
  } else if (call.path.includes(':streamGenerateContent')) {
    sse(response, googleAnswer(turn)).end()
  } else if (call.body['stream'] === true) {
    sse(response, streamed(turn)).end('data: [DONE]\n\n')
  } else {
    json(response, completion(turn))
  }
}

type Spoken = Extract<Turn, { text: string } | { calls: unknown }>

function streamed(turn: Spoken): object[] {
  const pieces = (turn.text ?? '').match(/\S+\s*|\s+/g) ?? []
  const calls = 'calls' in turn ? turn.calls : []
  const finish = calls.length > 0 ? 'tool_calls' : ('finish' in turn && turn.finish) || 'stop'
  const thoughts = turn.reasoning?.match(/\S+\s*/g) ?? []
  return [
    ...thoughts.map((reasoning_content) => chunk({ reasoning_content })),
    ...pieces.map((content) => chunk({ content })),
    ...calls.map((call, index) => chunk({ tool_calls: [{ index, ...toolCall(call, index) }] })),
    chunk({}, finish),
    { ...chunk({}), choices: [], usage: usageOf(turn) },
  ]
}

function completion(turn: Spoken): object {
  const calls = 'calls' in turn ? turn.calls : []
  const message = { role: 'assistant', content: turn.text ?? null, tool_calls: calls.map(toolCall) }
  return {
    id: 'completion',
    created: 0,
    model: 'test-model',
    choices: [{ index: 0, message, finish_reason: calls.length > 0 ? 'tool_calls' : 'stop' }],
    usage: usageOf(turn),
  }
}

let toolCallCount = 0
function toolCall(call: { name: string; input: unknown }, index: number): object {
  const id = `call_${toolCallCount++}_${index}`
  const text = typeof call.input === 'string' ? call.input : JSON.stringify(call.input)
  return { id, type: 'function', function: { name: call.name, arguments: text } }
}

function usageOf({ usage: [input, output] = [10, 5] }: Spoken): object {
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output }
}

function chunk(delta: object, finish: string | null = null): object {
  return { id: 'chunk', created: 0, model: 'test-model', choices: [{ index: 0, delta, finish_reason: finish }] }
}

function embeddings(input: unknown): object {
  const texts = Array.isArray(input) ? input : [input]
  const data = texts.map((text, index) => ({ index, embedding: embedding(String(text)) }))
  return { data, model: 'test-embedding', usage: { prompt_tokens: 1, total_tokens: 1 } }
}

/** Texts are near each other as far as they share runs of four letters. */
function embedding(text: string): number[] {
  const counts = new Array<number>(512).fill(0)
  for (const word of text.toLowerCase().match(/[a-z]{4,}/g) ?? [])
    for (let at = 0; at + 4 <= word.length; at++) {
      let hash = 0
      for (const letter of word.slice(at, at + 4)) hash = (hash * 31 + letter.charCodeAt(0)) % counts.length
      counts[hash] = (counts[hash] ?? 0) + 1
    }
  return counts
}

function sse(response: ServerResponse, events: object[], { named = false } = {}): ServerResponse {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const event of events) {
    if (named && 'type' in event) response.write(`event: ${String(event.type)}\n`)
    response.write(`data: ${JSON.stringify(event)}\n\n`)
  }
  return response
}

function json(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

import type { JsonObject } from '../../contract/json'
import type { GraphBody } from '../graph-body'

/** A start for a new workflow. */
export interface Template {
  id: string
  title: string
  about: string
  /** An input it makes something of, offered to the first run and to calls; a starter's defaults need none. */
  example?: JsonObject
  /** Reads its graph, which comes only when it is chosen. Webhook blocks in it have no credentials yet. */
  load(): Promise<GraphBody>
}

/** What a new workflow can start from; the first one is nothing at all. */
export const templates: readonly [Template, ...Template[]] = [
  {
    id: 'blank',
    title: 'Blank',
    about: 'An empty canvas.',
    load: () => Promise.resolve({ blocks: [], edges: [] }),
  },
  {
    id: 'webhook-reply',
    title: 'Webhook with reply',
    about: 'Checks what a caller sent, then accepts it or says what is wrong.',
    example: { email: 'ada@example.com', amount: 12 },
    load: async () => (await import('./webhook-reply.json')).default,
  },
  {
    id: 'ai-summarizer',
    title: 'AI summarizer',
    about: 'Hands a text to a language model and answers with three sentences.',
    load: async () => (await import('./ai-summarizer.json')).default,
  },
  {
    id: 'fan-out',
    title: 'Fan out and merge',
    about: 'Works on one value in two branches at once, then puts both results together.',
    load: async () => (await import('./fan-out.json')).default,
  },
  {
    id: 'scheduled-report',
    title: 'Scheduled report',
    about: 'Every weekday at nine: reads figures, writes a line about them, could post it to a chat.',
    load: async () => (await import('./scheduled-report.json')).default,
  },
  {
    id: 'error-handling',
    title: 'Readable errors',
    about: 'Calls a service that may fail, with retries, and answers in words people understand.',
    load: async () => (await import('./error-handling.json')).default,
  },
]

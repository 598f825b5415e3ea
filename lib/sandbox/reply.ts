import { z } from 'zod'
import { BlockError } from '../blocks/contract'
import { parseJson } from '../contract/parse-json'
import type { CodeResult } from './pool'

const replySchema = z.object({
  output: z.string().nullable(),
  error: z.string().nullable(),
  logs: z.array(z.string()),
  spent: z.boolean().default(false),
})

/** Reads what a sandbox answered. A sandbox is not trusted: anything odd is a failure of the code. `take` gives the
 *  result or throws the code's own error as BlockError. */
export function readReply(value: unknown): { spent: boolean; take(): CodeResult } {
  const parsed = replySchema.safeParse(value)
  if (!parsed.success) return { spent: true, take: () => fail('The sandbox gave no readable answer') }
  const { output, error, logs, spent } = parsed.data
  return {
    spent,
    take: () =>
      output === null ? fail(error ?? 'The code failed') : { output: parseJson(output, 'The output'), logs },
  }
}

/** What a run over its time fails with, in both languages. */
export function timeoutText(timeoutMs: number): string {
  return `The code ran longer than ${timeoutMs} ms and was stopped`
}

function fail(message: string): never {
  throw new BlockError(message)
}

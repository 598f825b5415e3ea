import * as z from 'zod/mini'
import type { ProviderTest, PutProviderBody } from '../contract/providers'
import { send } from './api-client'

/** Sets a provider up, in place of one of the same name. A key that is left out stays as it is. @throws ApiError. */
export async function putProvider(name: string, body: PutProviderBody): Promise<void> {
  await send('PUT', pathOf(name), body)
}

/** Forgets a provider and its key. @throws ApiError. */
export async function deleteProvider(name: string): Promise<void> {
  await send('DELETE', pathOf(name))
}

/** Has a provider asked for a word by its default model. What went wrong is the answer. @throws ApiError. */
export async function testProvider(name: string): Promise<ProviderTest> {
  return testSchema.parse(await send('POST', `${pathOf(name)}/test`, {}))
}

function pathOf(name: string): string {
  return `/api/settings/providers/${encodeURIComponent(name)}`
}

const testSchema = z.union([
  z.object({ ok: z.literal(true), model: z.string(), output: z.string(), duration_ms: z.number() }),
  z.object({ ok: z.literal(false), model: z.nullable(z.string()), error: z.string(), duration_ms: z.number() }),
])

import 'server-only'
import { getApp } from './app'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import { providerNamePattern, type ProviderParams, type PutProviderBody } from '../contract/providers'
import { writeModelProvider } from '../data/model-providers'
import type { Provider } from '../models/provider'

/** Sets a provider up, in place of one of the same name. A stored key stays with the host it was given for.
 *  @throws VALIDATION_ERROR for a name that `provider/model` could not say, a missing key or address. */
export async function putProvider({
  params,
  body,
}: Call<ProviderParams, object, PutProviderBody>): Promise<{ ok: true }> {
  const { name } = params
  if (!providerNamePattern.test(name))
    refuse('name', 'must begin with a small letter or digit, and hold up to 50 small letters, digits, _ and -')
  const before = (await getApp().models.providers()).find((one) => one.name === name && one.source === 'settings')
  const baseUrl = body.base_url?.replace(/\/+$/, '') ?? null
  if (body.kind === 'openai_compatible' && baseUrl === null)
    refuse('base_url', 'is needed for an openai_compatible provider')
  const apiKey = body.api_key === undefined ? keptKey(before, body.kind, baseUrl) : body.api_key
  if (apiKey === null && body.kind !== 'openai_compatible')
    refuse('api_key', `is needed for the provider kind ${body.kind}`)
  await writeModelProvider({
    name,
    kind: body.kind,
    baseUrl,
    apiKey,
    defaultModel: body.default_model ?? null,
    isDefault: body.is_default ?? before?.isDefault ?? false,
    models: body.models ?? before?.models ?? {},
  })
  return { ok: true }
}

/** Sent to another host, a stored key could be read by whoever may only replace it. */
function keptKey(before: Provider | undefined, kind: Provider['kind'], baseUrl: string | null): string | null {
  if (!before || before.apiKey === null) return null
  if (before.kind !== kind || originOf(before.baseUrl) !== originOf(baseUrl))
    refuse('api_key', 'must be sent again when kind or the host of base_url changes')
  return before.apiKey
}

function originOf(url: string | null): string {
  return url === null ? '' : new URL(url).origin
}

function refuse(path: string, message: string): never {
  throw new AppError('VALIDATION_ERROR', `${path} ${message}`, { issues: [{ path, message }] })
}

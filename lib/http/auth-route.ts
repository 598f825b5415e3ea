import 'server-only'
import { answerAuthRequest } from '../auth/next-auth'
import { isJsonObject } from '../contract/json'
import { parseJson } from '../contract/parse-json'
import { loggablePath } from '../log'
import { maxApiBodyBytes } from '../limits'
import { replyOfFailure } from './failure'
import { decodeUtf8, isJsonType, readBytes } from './read-body'
import { toResponse } from './reply'
import { requestIdOf } from './request-id'

/** Puts sign-in on the wire (`/api/auth/*`). Apart from `route()`, because these answers carry several cookies and their
 *  forms may be form-encoded. */
export async function authRoute(request: Request): Promise<Response> {
  const id = requestIdOf(request.headers.get('x-request-id'))
  const response = await answer(request).catch((error: unknown) =>
    toResponse(replyOfFailure(error, { id, method: request.method, path: loggablePath(request.url) })),
  )
  response.headers.set('x-request-id', id)
  return response
}

async function answer(request: Request): Promise<Response> {
  const body = request.method === 'POST' ? await readFields(request) : {}
  return answerAuthRequest({ request, body, remoteAddress: remoteAddressOf(request.headers) })
}

async function readFields(request: Request): Promise<Record<string, unknown>> {
  const text = decodeUtf8(await readBytes(request, maxApiBodyBytes))
  if (!isJsonType(request.headers.get('content-type') ?? '')) return Object.fromEntries(new URLSearchParams(text))
  const value = text.trim() === '' ? {} : parseJson(text)
  return isJsonObject(value) ? value : {}
}

/** Next writes the peer's address into this header when no proxy did; a proxy appends the address it saw. */
function remoteAddressOf(headers: Headers): string {
  return headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? 'unknown'
}

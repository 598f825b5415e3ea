import type { CreateOwnerBody } from '../contract/settings'
import type { CreateWorkflowBody } from '../contract/workflows'
import { isJsonObject, type JsonObject } from '../contract/json'

/** What the server said no with. `code` is empty when the answer carried none (401, or not ours at all). */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** What the answer says beside `error` and `error_code`: `issues`, `version`. */
    readonly details: JsonObject = {},
    /** How long the server asks to wait; null when it does not. */
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(message)
  }
}

/** What keeps a form from being sent, in words for whoever filled it in. */
export class FormProblem extends Error {
  override readonly name = 'FormProblem'
}

/** Creates an empty workflow. @throws ApiError; TypeError when the server cannot be reached. */
export async function createWorkflow(body: CreateWorkflowBody): Promise<{ id: string; name: string }> {
  const answer = await send('POST', '/api/workflows', body)
  return { id: textIn(answer, 'id'), name: textIn(answer, 'name') }
}

/** Makes a session for the person with that e-mail and password. @throws ApiError, status 401 when they are not right. */
export async function signIn(person: { email: string; password: string }): Promise<void> {
  const csrfToken = textIn(await send('GET', '/api/auth/csrf'), 'csrfToken')
  await send('POST', '/api/auth/callback/credentials', { ...person, csrfToken, json: true, callbackUrl: '/' })
}

/** Creates the installation's owner at the first run. @throws ApiError. */
export async function createOwner(body: CreateOwnerBody): Promise<void> {
  await send('POST', '/api/auth/first-run', body)
}

/** Ends the browser's session. @throws ApiError; TypeError when the server cannot be reached. */
export async function signOut(): Promise<void> {
  const csrfToken = textIn(await send('GET', '/api/auth/csrf'), 'csrfToken')
  await send('POST', '/api/auth/signout', { csrfToken, json: true })
}

/** A text of an answer. By hand, because this module is on every page and zod would be a tenth of the page's script.
 *  @throws TypeError when it is not there. */
function textIn(answer: unknown, key: string): string {
  const text = isJsonObject(answer) ? answer[key] : undefined
  if (typeof text !== 'string') throw new TypeError(`The answer has no ${key}`)
  return text
}

/** What a person reads when a call failed. */
export function messageOf(error: unknown): string {
  if (error instanceof ApiError)
    return error.status === 401 ? 'You are signed out. Sign in again, then repeat this.' : error.message
  if (error instanceof FormProblem) return error.message
  return 'The server cannot be reached. Check the connection, then try again.'
}

/** Sends a call and reads the JSON answer. The browser's session goes along by itself: same origin, one cookie.
 *  @throws ApiError; TypeError when the server cannot be reached. */
export async function send(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await call(path, {
    method,
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  return response.json().catch(() => null)
}

/** Sends a call and gives the answer unread, for event streams. @throws as `send` does, and AbortError. */
export async function call(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(path, init)
  if (response.ok) return response
  const answer: unknown = await response.json().catch(() => null)
  const { error, error_code: code, ...details } = isJsonObject(answer) ? answer : {}
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
  throw new ApiError(
    response.status,
    typeof code === 'string' ? code : '',
    typeof error === 'string' ? error : `The server answered ${response.status}.`,
    details,
    Number.isFinite(retryAfter) ? retryAfter : null,
  )
}

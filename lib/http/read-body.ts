import 'server-only'
import { isUtf8 } from 'node:buffer'
import { AppError } from '../contract/errors'
import { isJsonObject, type JsonObject } from '../contract/json'
import { parseJson } from '../contract/parse-json'
import { bodyReadTimeoutMs } from '../limits'

/** Reads a request's raw body once.
 *  @throws PAYLOAD_TOO_LARGE over `maxBytes`, by its announced or its real length; UNSUPPORTED_MEDIA_TYPE when it is
 *  compressed; REQUEST_TIMEOUT when it is not here within `timeoutMs`; VALIDATION_ERROR when it breaks off. */
export async function readBytes(
  request: Request,
  maxBytes: number,
  timeoutMs: number = bodyReadTimeoutMs,
): Promise<Uint8Array> {
  const encoding = request.headers.get('content-encoding')
  if (encoding !== null && !/^\s*(identity)?\s*$/i.test(encoding)) {
    throw new AppError(
      'UNSUPPORTED_MEDIA_TYPE',
      `Content-Encoding ${encoding} is not supported: send the body as it is`,
    )
  }
  const announced = request.headers.get('content-length')
  if (announced !== null && Number(announced) > maxBytes) throw tooLarge(maxBytes)
  if (announced === '0') return new Uint8Array(0)
  // An announced length is kept by the HTTP parser, so reading the whole is bounded. A chunked body is counted here.
  const reading =
    announced === null
      ? readCounted(request, maxBytes)
      : request.arrayBuffer().then((buffer) => new Uint8Array(buffer), cutOff)
  const bytes = await within(reading, timeoutMs)
  if (bytes.byteLength > maxBytes) throw tooLarge(maxBytes)
  return bytes
}

/** Reads a request's JSON body. An absent content type and an empty body are `{}`.
 *  @throws what `readBytes` throws; UNSUPPORTED_MEDIA_TYPE for another type; VALIDATION_ERROR when it is not UTF-8,
 *  not JSON, too deep, or not an object. */
export async function readJsonObject(request: Request, maxBytes: number): Promise<JsonObject> {
  const contentType = request.headers.get('content-type')?.trim() ?? ''
  if (contentType === '') return {}
  if (!isJsonType(contentType) && Number(request.headers.get('content-length')) > 0) throw unsupported(contentType)
  const bytes = await readBytes(request, maxBytes)
  if (bytes.byteLength === 0) return {}
  if (!isJsonType(contentType)) throw unsupported(contentType)
  const text = decodeUtf8(bytes)
  if (text.trim() === '') return {}
  const value = parseJson(text)
  if (!isJsonObject(value)) throw new AppError('VALIDATION_ERROR', 'Body must be a JSON object')
  return value
}

/** Decodes bytes that must be UTF-8. @throws VALIDATION_ERROR when they are not. */
export function decodeUtf8(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw new AppError('VALIDATION_ERROR', 'Body is not valid UTF-8')
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}

/** Tells whether a content type is `application/json` or a type with the suffix `+json`, parameters and letter case aside. */
export function isJsonType(contentType: string): boolean {
  return contentType === 'application/json' || jsonTypePattern.test(contentType)
}

const jsonTypePattern = /^\s*(?:application\/json|[\w.+-]+\/[\w.+-]+\+json)\s*(?:;|$)/i

async function readCounted(request: Request, maxBytes: number): Promise<Uint8Array> {
  // Not cancelled when it is over: cancelling would close the connection before the refusal is sent.
  const reader = request.body?.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const next = await reader?.read().catch(cutOff)
    if (!next || next.done) return Buffer.concat(chunks, size)
    size += next.value.byteLength
    if (size > maxBytes) throw tooLarge(maxBytes)
    chunks.push(next.value)
  }
}

async function within<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    const fail = () => reject(new AppError('REQUEST_TIMEOUT', `Body did not arrive within ${timeoutMs / 1000} s`))
    timer = setTimeout(fail, timeoutMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    work.catch(() => undefined)
  }
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('PAYLOAD_TOO_LARGE', `Body is larger than ${maxBytes} bytes`, { limit_bytes: maxBytes })
}

function unsupported(contentType: string): AppError {
  return new AppError('UNSUPPORTED_MEDIA_TYPE', `Content type ${contentType} is not supported: send application/json`)
}

function cutOff(cause: unknown): never {
  throw new AppError('VALIDATION_ERROR', 'Body broke off before its end', {}, { cause })
}

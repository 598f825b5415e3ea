import 'server-only'
import { maxOutboundTimeoutMs, outboundTimeoutMs } from '../../limits'
import { readNumber, readText, type Runner } from '../contract'
import { readAnswer } from './answer'
import type { generalApi } from './definition'
import { buildBody, buildHeaders, buildUrl } from './request'

/** Calls an HTTP API. Every answer is a result; only no answer is a failure. */
export const run: Runner<typeof generalApi> = async (config, context) => {
  const method = readText(config.method).toUpperCase() || 'GET'
  const body = buildBody(method, config.body)
  const answer = await context.fetch({
    url: buildUrl(config.url, config.params),
    method,
    headers: buildHeaders({
      configured: config.headers,
      contentType: body?.contentType ?? null,
      idempotencyKey: changingMethods.has(method) ? context.idempotencyKey : null,
    }),
    body: body?.text,
    timeoutMs: readTimeoutMs(config.timeout),
    signal: context.signal,
  })
  return readAnswer(answer)
}

/** A repeat of these may act twice, so the receiver is told which calls are the same. */
const changingMethods = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

function readTimeoutMs(value: unknown): number {
  const timeoutMs = readNumber(value)
  return timeoutMs === null || timeoutMs <= 0 ? outboundTimeoutMs : Math.min(Math.ceil(timeoutMs), maxOutboundTimeoutMs)
}

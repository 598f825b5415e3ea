import 'server-only'
import { APICallError } from 'ai'
import { modelName, type ChosenModel } from './provider'
import { BlockError } from '../blocks/contract'
import { createRedactor } from '../outbound/redact'

const maxReasonChars = 500

/** Says in words a person can act on why a model call failed. The provider's key is taken out: some echo it. */
export function describeModelError(error: unknown, chosen: ChosenModel): BlockError {
  const redact = createRedactor(chosen.provider.apiKey ? [chosen.provider.apiKey] : [])
  const said = redact(reasonOf(error).slice(0, maxReasonChars))
  const message = `${modelName(chosen)} ${typeof said === 'string' ? said : 'failed'}`
  // No cause: it holds request headers and bodies.
  return new BlockError(message)
}

function reasonOf(error: unknown): string {
  if (APICallError.isInstance(error)) {
    if (error.statusCode !== undefined && error.statusCode >= 400)
      return `answered ${error.statusCode}: ${error.message}`
    return error.cause instanceof BlockError
      ? `did not answer: ${error.cause.message}`
      : `gave no usable answer: ${error.message}`
  }
  if (error instanceof BlockError) return `did not answer: ${error.message}`
  // Providers send errors inside a stream as objects of their own.
  const message = error instanceof Error ? error.message : textOf(error)
  return `gave no usable answer: ${message}`
}

function textOf(error: unknown): string {
  if (typeof error === 'string') return error
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message)
  return `it sent ${JSON.stringify(error)}`
}

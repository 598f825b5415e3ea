import 'server-only'
import { getApp } from './app'
import { AppError } from '../contract/errors'
import type { CreateSourceBody } from '../contract/knowledge'
import { maxSourceFileBytes, maxSourceTextChars } from '../limits'

/** The text of a source as it was sent. @throws VALIDATION_ERROR for a file that cannot be read as what it is said to
 *  be, that has no text, or that has too much. */
export async function readSourceText(body: CreateSourceBody, signal: AbortSignal): Promise<string> {
  const text = withoutNul(await sentText(body, signal))
  if (text.trim() === '') throw refused('has no text; a PDF of scanned pages needs text recognition first')
  if (text.length > maxSourceTextChars) throw refused(`has more than ${maxSourceTextChars} characters: add it in parts`)
  return text
}

async function sentText({ content_type, text, data }: CreateSourceBody, signal: AbortSignal): Promise<string> {
  if (data === undefined) {
    if (content_type === 'application/pdf') throw refused('is a PDF: send it as base64 in data, not as text')
    return text ?? ''
  }
  const bytes = decodeBase64(data)
  return content_type === 'application/pdf' ? readPdf(bytes, signal) : decodeUtf8(bytes)
}

function decodeBase64(data: string): Uint8Array {
  const compact = data.replace(/\s/g, '')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) throw refused('is not base64 in data')
  const bytes = Buffer.from(compact, 'base64')
  if (bytes.length > maxSourceFileBytes) throw refused(`has more than ${maxSourceFileBytes} bytes`)
  return bytes
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw refused('is not text in UTF-8')
  }
}

async function readPdf(bytes: Uint8Array, signal: AbortSignal): Promise<string> {
  if (!Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-')) throw refused('is not a PDF')
  try {
    return await getApp().sandbox.readPdf(bytes, signal)
  } catch (error) {
    // By name: the process holds the class once for each of its bundles.
    if (error instanceof Error && error.name === 'BlockError') throw refused(error.message)
    throw error
  }
}

function withoutNul(text: string): string {
  return text.replaceAll('\0', '')
}

function refused(message: string): AppError {
  return new AppError('VALIDATION_ERROR', `The source ${message}`)
}

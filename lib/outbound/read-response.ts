import 'server-only'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib'
import { BlockError } from '../blocks/contract'

const decoders = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  rawDeflate: promisify(inflateRaw),
  br: promisify(brotliDecompress),
}
const maxEncodings = 3

/** Reads a body to its end and undoes its content encoding. `maxBytes` bounds both what arrives and what it unpacks to.
 *  @throws BlockError over the limit, or when the body is not what its encoding says. */
export async function readResponseBody(
  body: AsyncIterable<Uint8Array>,
  contentEncoding: string,
  maxBytes: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  return decode(Buffer.concat(chunks, size), contentEncoding, maxBytes)
}

async function decode(received: Buffer, contentEncoding: string, maxBytes: number): Promise<Uint8Array> {
  const encodings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
  if (encodings.length > maxEncodings) throw new BlockError(`The answer is encoded more than ${maxEncodings} times`)
  let bytes: Buffer = received
  // The last one named was applied last. Source: RFC 9110, section 8.4.
  for (const encoding of encodings.reverse()) {
    const decoder = decoderFor(encoding, bytes)
    // An encoding that was not asked for is handed on as it came.
    if (!decoder) return bytes
    if (bytes.length > 0) bytes = await unpack(bytes, { decoder, encoding, maxBytes })
  }
  return bytes
}

async function unpack(
  bytes: Buffer,
  how: { decoder: (typeof decoders)['gzip']; encoding: string; maxBytes: number },
): Promise<Buffer> {
  try {
    return await how.decoder(bytes, { maxOutputLength: how.maxBytes })
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(how.maxBytes)
    throw new BlockError(`The answer is not the ${how.encoding} data it says it is`, { cause })
  }
}

function decoderFor(encoding: string, bytes: Buffer): (typeof decoders)['gzip'] | null {
  if (encoding === 'gzip' || encoding === 'x-gzip') return decoders.gzip
  if (encoding === 'br') return decoders.br
  if (encoding !== 'deflate') return null
  // Some servers send raw deflate under this name; the zlib header tells them apart.
  return ((bytes[0] ?? 8) & 0x0f) === 8 ? decoders.deflate : decoders.rawDeflate
}

function tooLarge(maxBytes: number): BlockError {
  return new BlockError(`The answer is larger than ${maxBytes / (1024 * 1024)} MiB`)
}

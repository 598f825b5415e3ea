import type { BlockContext } from './contract'
import type { Json } from '../contract/json'

/** What the block before this one put out: its `output`; of several that ran, an object of theirs by block id; null
 *  when none ran. */
export function upstreamOutput(context: BlockContext): Json {
  const upstream = context.upstream()
  const [first] = upstream
  if (upstream.length <= 1) return first?.data['output'] ?? null
  return Object.fromEntries(upstream.map(({ id, data }) => [id, data['output'] ?? null]))
}

/** What of a request's checks a graph does not meet, in words; empty when it meets all that can be seen without running.
 *  Types are counted at least, paths may have blocks between, `config` has to hold for one block of its type. */
export function checkGraph({ blocks, edges }, checks) {
  const ofType = (type) => blocks.filter((block) => block.type === type)
  const failed = []
  for (const [type, count] of Object.entries(checks.types ?? {}))
    if (ofType(type).length < count) failed.push(`${count} of ${type}: there are ${ofType(type).length}`)
  for (const type of checks.absent ?? []) if (ofType(type).length > 0) failed.push(`no ${type}: there is one`)
  for (const id of checks.kept ?? [])
    if (!blocks.some((block) => block.id === id)) failed.push(`${id} stays: it is gone`)
  for (const [id, name] of Object.entries(checks.names ?? {}))
    if (blocks.find((block) => block.id === id)?.name !== name) failed.push(`${id} is called ${name}: it is not`)
  for (const path of checks.paths ?? [])
    if (!hasPath({ blocks, edges }, path)) failed.push(`a way ${path.join(' to ')}: there is none`)
  for (const [type, handle] of checks.handles ?? []) {
    const leaves = (block) =>
      edges.some(({ source, sourceHandle, condition }) => source === block.id && (condition ?? sourceHandle) === handle)
    if (!ofType(type).some(leaves)) failed.push(`an edge from ${handle} of ${type}: there is none`)
  }
  for (const type of checks.parallel ?? []) {
    const all = ofType(type)
    const isApart = (a) => all.every((b) => a === b || !isReachable(edges, a.id, b.id))
    if (!all.every(isApart)) failed.push(`all ${type} at the same time: one waits for another`)
  }
  for (const { type, field, matches } of checks.config ?? []) {
    const pattern = new RegExp(matches)
    const texts = ofType(type).map(({ config }) => field.split('|').map((key) => textOf(config?.[key])))
    if (!texts.some((values) => values.some((text) => pattern.test(text))))
      failed.push(`${type}.${field} like ${matches}: it is ${JSON.stringify(texts)}`)
  }
  return failed
}

/** What an output lacks, in words. Letter case is ignored unless `exact_case`. */
export function checkOutput(output, { contains = [], not_contains: without = [], exact_case: isExact = false }) {
  const fold = (text) => (isExact ? text : text.toLowerCase())
  const text = fold(JSON.stringify(output ?? null))
  return [
    ...contains.filter((part) => !text.includes(fold(part))).map((part) => `an output with ${part}: it is ${text}`),
    ...without.filter((part) => text.includes(fold(part))).map((part) => `an output without ${part}: it is ${text}`),
  ]
}

function textOf(value) {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '')
}

function hasPath({ blocks, edges }, types) {
  const [first, ...rest] = types
  const starts = blocks.filter((block) => block.type === first)
  const leads = (block, left) =>
    left.length === 0 ||
    blocks.some((next) => next.type === left[0] && isReachable(edges, block.id, next.id) && leads(next, left.slice(1)))
  return starts.some((block) => leads(block, rest))
}

function isReachable(edges, from, to) {
  const seen = new Set()
  const open = edges.filter(({ source }) => source === from).map(({ target }) => target)
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === to) return true
    if (seen.has(id)) continue
    seen.add(id)
    for (const edge of edges) if (edge.source === id) open.push(edge.target)
  }
  return false
}

import { randomUUID } from 'node:crypto'
import { checkGraph, checkOutput } from './check-graph.mjs'

/** Asks the copilot one request over the API and scores the graph it proposes: types, wiring, config, and what it answers
 *  when it runs. `ask(method, path, body)` gives `{status, body, text}`; `model` null is the default one. What acts outside
 *  does not run: the checks say what stands in for it. */
export async function evaluate(ask, request, model = null) {
  const startedAt = performance.now()
  const done = (failed, usage = null) => ({
    id: request.id,
    passed: failed.length === 0,
    failed,
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    tokens: usage?.total_tokens ?? 0,
  })
  const workflowId = (await ask('POST', '/api/workflows', { name: request.id })).body.id
  try {
    const start = request.graph ?? { blocks: [], edges: [] }
    await ask('PUT', `/api/workflows/${workflowId}/graph`, start)
    const saved = (await ask('GET', `/api/workflows/${workflowId}`)).body
    const sessionId = (await ask('POST', '/api/copilot/sessions', { workflow_id: workflowId })).body.id
    const told = await ask('POST', `/api/copilot/sessions/${sessionId}/chat`, { message: request.ask, model })
    if (told.status !== 200) return done([`an answer: ${told.status} ${told.text}`])
    const last = framesOf(told.text).at(-1)
    if (last?.event !== 'complete') return done([`an answer: ${JSON.stringify(last)}`])
    if (!last.workflow_diff) return done([`a proposal: ${last.content}`], last.usage)
    const graph = accepted(saved, last.workflow_diff)
    const failed = [...checkGraph(graph, request.checks), ...(await runAll(ask, workflowId, graph, request.checks))]
    return done(failed, last.usage)
  } finally {
    await ask('DELETE', `/api/workflows/${workflowId}`)
  }
}

/** The graph with all of a proposal in it, credentials minted as a browser does. */
function accepted({ blocks, edges }, diff) {
  const updates = new Map(diff.update_blocks.map((update) => [update.id, update]))
  const kept = blocks
    .filter(({ id }) => !diff.remove_blocks.includes(id))
    .map((block) => ({ ...block, ...updates.get(block.id) }))
  const added = diff.add_blocks.map((block) => {
    const minted = { webhook_id: randomUUID(), webhook_secret: randomUUID() }
    return block.type === 'webhook' ? { ...block, config: { ...block.config, ...minted } } : block
  })
  const all = [...kept, ...added]
  const isWhole = ({ source, target }) => [source, target].every((id) => all.some((block) => block.id === id))
  const left = edges.filter(({ id }) => !diff.remove_edges.includes(id))
  return { blocks: all, edges: [...left, ...diff.add_edges].filter(isWhole) }
}

async function runAll(ask, workflowId, graph, { runs = [] }) {
  const saved = await ask('PUT', `/api/workflows/${workflowId}/graph`, graph)
  if (saved.status !== 200) return [`a graph that can be saved: ${saved.text}`]
  const failed = []
  for (const run of runs) {
    await ask('PATCH', `/api/workflows/${workflowId}`, { pins: pinsOf(graph, run.stand_ins ?? {}) })
    const ran = await ask('POST', `/api/workflows/${workflowId}/execute`, { variables: run.variables })
    if (ran.status === 200) failed.push(...checkOutput(ran.body.output, run))
    else failed.push(`a run with ${JSON.stringify(run.variables)}: ${ran.status} ${ran.body.error}`)
  }
  return failed
}

/** Stand-ins are given by type: which ids a model chooses is its own affair. */
function pinsOf({ blocks }, standIns) {
  return Object.fromEntries(blocks.filter(({ type }) => type in standIns).map(({ id, type }) => [id, standIns[type]]))
}

function framesOf(text) {
  return text
    .split('\n\n')
    .filter((frame) => frame.startsWith('data: '))
    .map((frame) => JSON.parse(frame.slice(6)))
}

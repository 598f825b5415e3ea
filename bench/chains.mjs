import { splitChain } from './flow.mjs'
import { api } from './servers.mjs'

const lengths = [125, 250, 500, 1000, 1900]
const runsEach = 7

/** Engine time of chains of splits, in milliseconds from the start of an execution to its recorded end: the median of
 *  several runs for each length. */
export async function measureChains(server) {
  const rows = []
  for (const length of lengths) {
    const { id } = await api(server, 'POST', '/api/workflows', { name: `chain of ${length}` })
    await api(server, 'PUT', `/api/workflows/${id}/graph`, splitChain(length))
    const times = []
    for (let i = 0; i < runsEach; i++) {
      const { execution_id } = await api(server, 'POST', `/api/workflows/${id}/execute`, { variables: { n: 1 } })
      const execution = await api(server, 'GET', `/api/workflows/${id}/executions/${execution_id}`)
      times.push(execution.duration_ms)
    }
    const median = times.sort((a, b) => a - b)[Math.floor(runsEach / 2)]
    rows.push({
      blocks: length + 1,
      medianMs: median,
      microsecondsPerBlock: Math.round((median * 1000) / (length + 1)),
    })
  }
  return rows
}

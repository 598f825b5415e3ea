import autocannon from 'autocannon'

/** Posts `body` to `url` over `connections` connections for `seconds`. Latencies in milliseconds.
 *  @throws when an answer was not a 2xx: a fast failure is no result. */
export async function load({ url, headers = {}, body, connections = 16, seconds = 10 }) {
  const result = await autocannon({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    connections,
    duration: seconds,
  })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} answers were not 2xx, ${result.errors} connections failed`)
  return {
    requestsPerSecond: Math.round(result.requests.average),
    p50: result.latency.p50,
    p95: result.latency.p97_5 === undefined ? null : percentile95(result),
    p99: result.latency.p99,
    max: result.latency.max,
  }
}

/** autocannon reports p90 and p97.5; the 95th lies between them. */
function percentile95({ latency }) {
  return Math.round(((latency.p90 * 2 + latency.p97_5) / 3) * 100) / 100
}

/** Median, 95th and 99th percentile and the worst of some figures, to one decimal. */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), worst: at(1) }
}

function round(value) {
  return Math.round(value * 10) / 10
}

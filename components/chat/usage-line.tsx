import type { Usage } from '@/lib/contract/agent-runs'

const count = new Intl.NumberFormat('en')

/** What a run used, in one line: model, tokens, and the cost where prices are set. */
export function UsageLine({ model, usage }: { model: string | null; usage: Usage }) {
  const parts = [
    model,
    `${count.format(usage.input_tokens)} tokens in, ${count.format(usage.output_tokens)} out`,
    usage.cost === null ? null : sayCost(usage.cost),
  ]
  return <p className="text-xs text-muted-foreground">{parts.filter((part) => part !== null).join(' · ')}</p>
}

/** USD, with as many digits as it takes to see a small amount. */
function sayCost(cost: number): string {
  if (cost === 0) return 'free'
  return cost < 0.01 ? `$${cost.toPrecision(2)}` : `$${cost.toFixed(2)}`
}

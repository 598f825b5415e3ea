import { Sparkles } from 'lucide-react'
import { Link } from '@/components/ui/link'
import { buttonClass } from '@/components/ui/button'
import type { ExecutionItem } from '@/lib/contract/execution'
import { copilotAddress } from '@/lib/editor/copilot-address'

/** Leads to the copilot, ready to be asked why an execution failed. */
export function ExplainLink({ execution }: { execution: ExecutionItem }) {
  if (execution.status !== 'failed' && execution.status !== 'timed_out') return null
  return (
    <Link href={copilotAddress(execution.workflow_id, execution.id)} className={buttonClass('outline', 'self-start')}>
      <Sparkles aria-hidden />
      Explain this failure
    </Link>
  )
}

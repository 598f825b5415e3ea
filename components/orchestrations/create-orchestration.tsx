'use client'

import { CreateNamed } from '@/components/agents/create-named'
import { createOrchestration } from '@/lib/editor/orchestration-client'

/** The button that makes an orchestration and opens it. */
export function CreateOrchestration() {
  return (
    <CreateNamed
      thing="orchestration"
      description="Its strategy and agents come on the next page."
      placeholder="Research and write"
      create={(name) => createOrchestration({ name })}
      hrefOf={(id) => `/orchestrations/${id}`}
    />
  )
}

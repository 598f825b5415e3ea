'use client'

import { createAgent } from '@/lib/editor/agent-client'
import { CreateNamed } from './create-named'

/** The button that makes an agent and opens it. */
export function CreateAgent() {
  return (
    <CreateNamed
      thing="agent"
      description="Its prompt, model and tools come on the next page."
      placeholder="Support assistant"
      create={(name) => createAgent({ name })}
      hrefOf={(id) => `/agents/${id}`}
    />
  )
}

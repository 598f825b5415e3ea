'use client'

import type { AgentItem, AgentSessionItem } from '@/lib/contract/agents'
import { deleteAgent, updateAgent } from '@/lib/editor/agent-client'
import { bodyOfDraft, draftOfAgent } from '@/lib/editor/agent-draft'
import { AgentChat } from './agent-chat'
import { AgentAnswerSchema, AgentBasics, AgentBounds } from './agent-fields'
import { DeleteThing } from './delete-thing'
import { DraftForm } from './draft-form'
import { ToolsPart } from './tools-part'
import { useDraft } from './use-draft'

/** An agent: what it is on the left, a conversation with it on the right. */
export function AgentScreen(props: {
  agent: AgentItem
  sessions: readonly AgentSessionItem[]
  /** Models that are known to exist, to choose from. */
  models: readonly string[]
  canEdit: boolean
  canRun: boolean
}) {
  const { agent, sessions, models, canEdit, canRun } = props
  const editing = useDraft(draftOfAgent(agent), async (draft) => {
    await updateAgent(agent.id, bodyOfDraft(draft))
    return (current) => current
  })
  const { draft, change, saveFirst } = editing
  const part = { draft, canEdit, onChange: change }
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(22rem,28rem)]">
      <DraftForm
        thing="agent"
        canEdit={canEdit}
        {...editing}
        actions={
          <DeleteThing thing="agent" name={agent.name} remove={() => deleteAgent(agent.id)} then="/agents">
            Its conversations go with it. Blocks and orchestrations that name it fail from then on.
          </DeleteThing>
        }
      >
        <AgentBasics {...part} models={models} />
        <ToolsPart tools={draft.tools} canEdit={canEdit} onChange={(tools) => change({ tools })} />
        <AgentBounds {...part} />
        <AgentAnswerSchema {...part} />
      </DraftForm>
      <AgentChat agentId={agent.id} sessions={sessions} canRun={canRun} saveFirst={saveFirst} />
    </div>
  )
}

'use client'

import { useRef } from 'react'
import { DeleteThing } from '@/components/agents/delete-thing'
import { DraftForm } from '@/components/agents/draft-form'
import { useDraft } from '@/components/agents/use-draft'
import type { OrchestrationItem } from '@/lib/contract/orchestrations'
import { deleteOrchestration, putOrchestration, saveMembers } from '@/lib/editor/orchestration-client'
import { bodyOfOrchestration, draftOfOrchestration } from '@/lib/editor/orchestration-draft'
import type { NamedResource } from '@/lib/editor/resource-client'
import { MembersPart } from './members-part'
import { OrchestrationChat } from './orchestration-chat'
import { CoordinatorPart, OrchestrationBasics } from './orchestration-fields'

/** An orchestration: who works together and how on the left, a try of it on the right. */
export function OrchestrationScreen(props: {
  orchestration: OrchestrationItem
  agents: readonly NamedResource[]
  canEdit: boolean
  canRun: boolean
}) {
  const { orchestration, agents, canEdit, canRun } = props
  const { id, name } = orchestration
  const first = draftOfOrchestration(orchestration)
  const stored = useRef(first.members)
  const editing = useDraft(first, async (draft) => {
    await putOrchestration(id, bodyOfOrchestration(draft))
    const ids = await saveMembers(id, stored.current, draft.members)
    stored.current = draft.members.map((member) => ({ ...member, entityId: ids.get(member.key) ?? null }))
    return (current) => ({
      ...current,
      members: current.members.map((member) => ({ ...member, entityId: ids.get(member.key) ?? member.entityId })),
    })
  })
  const { draft, change, saveFirst } = editing
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(22rem,28rem)]">
      <DraftForm
        thing="orchestration"
        canEdit={canEdit}
        {...editing}
        actions={
          <DeleteThing thing="orchestration" name={name} remove={() => deleteOrchestration(id)} then="/orchestrations">
            Its agents stay. Blocks that name it fail from then on.
          </DeleteThing>
        }
      >
        <OrchestrationBasics draft={draft} onChange={change} />
        <MembersPart
          members={draft.members}
          agents={agents}
          canEdit={canEdit}
          onChange={(members) => change({ members })}
        />
        <CoordinatorPart draft={draft} onChange={change} />
      </DraftForm>
      <OrchestrationChat orchestrationId={id} canRun={canRun} saveFirst={saveFirst} />
    </div>
  )
}

'use client'

import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { FormPart } from '@/components/agents/draft-form'
import { Button } from '@/components/ui/button'
import { SearchedSelect } from '@/components/ui/searched-select'
import type { MemberDraft } from '@/lib/editor/orchestration-client'
import type { NamedResource } from '@/lib/editor/resource-client'
import { maxDescriptionChars } from '@/lib/limits'

const inputClass =
  'h-8 min-w-0 rounded-md border border-input bg-background px-2 text-[13px] focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring'

/** Which agents take part, as what, in which order. */
export function MembersPart(props: {
  members: readonly MemberDraft[]
  agents: readonly NamedResource[]
  canEdit: boolean
  onChange: (members: readonly MemberDraft[]) => void
}) {
  const { members, agents, canEdit, onChange } = props
  const [first] = agents
  const add = (agentId: string) =>
    onChange([
      ...members,
      { key: Math.max(-1, ...members.map(({ key }) => key)) + 1, entityId: null, agentId, role: '' },
    ])
  return (
    <FormPart title="Agents">
      {members.length === 0 && (
        <p className="mb-3 text-[13px] text-muted-foreground">
          {first ? 'Nobody takes part yet.' : 'There are no agents yet: make some under Agents first.'}
        </p>
      )}
      <ol className="flex flex-col gap-2">
        {members.map((member, index) => (
          <MemberRow
            key={member.key}
            member={member}
            place={index + 1}
            isLast={index === members.length - 1}
            agents={agents}
            canEdit={canEdit}
            onChange={(change) => onChange(members.map((one) => (one === member ? { ...one, ...change } : one)))}
            onMove={(by) => onChange(swapped(members, index, index + by))}
            onRemove={() => onChange(members.filter((one) => one !== member))}
          />
        ))}
      </ol>
      {canEdit && first && (
        <Button className="mt-2 mb-4" onClick={() => add(first.id)}>
          <Plus aria-hidden />
          Add an agent
        </Button>
      )}
    </FormPart>
  )
}

function MemberRow(props: {
  member: MemberDraft
  place: number
  isLast: boolean
  agents: readonly NamedResource[]
  canEdit: boolean
  onChange: (change: Partial<MemberDraft>) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}) {
  const { member, place, isLast, agents, canEdit, onChange, onMove, onRemove } = props
  const isKnown = agents.some(({ id }) => id === member.agentId)
  return (
    <li className="flex items-center gap-1.5">
      <span aria-hidden className="w-5 shrink-0 text-xs text-muted-foreground">
        {place}.
      </span>
      <div className="w-44 shrink-0">
        <SearchedSelect
          aria-label={`Agent ${place}`}
          searchLabel={`Search for agent ${place}`}
          choices={agents}
          value={member.agentId}
          onChoose={(agentId) => onChange({ agentId })}
          className={`${inputClass} w-full`}
        >
          {!isKnown && <option value={member.agentId}>An agent that is gone</option>}
        </SearchedSelect>
      </div>
      <input
        aria-label={`Role of agent ${place}`}
        placeholder="Its role, such as “checks the facts”"
        value={member.role}
        maxLength={maxDescriptionChars}
        onChange={(event) => onChange({ role: event.target.value })}
        className={`${inputClass} flex-1`}
      />
      {canEdit && (
        <>
          <RowButton
            label={`Move agent ${place} up`}
            disabled={place === 1}
            onClick={() => onMove(-1)}
            icon={ArrowUp}
          />
          <RowButton label={`Move agent ${place} down`} disabled={isLast} onClick={() => onMove(1)} icon={ArrowDown} />
          <RowButton label={`Remove agent ${place}`} onClick={onRemove} icon={X} />
        </>
      )}
    </li>
  )
}

function RowButton(props: { label: string; icon: typeof X; disabled?: boolean; onClick: () => void }) {
  const { label, icon: Icon, disabled = false, onClick } = props
  return (
    <Button variant="quiet" className="w-7 px-0" aria-label={label} disabled={disabled} onClick={onClick}>
      <Icon aria-hidden />
    </Button>
  )
}

function swapped(members: readonly MemberDraft[], from: number, to: number): MemberDraft[] {
  const order = [...members]
  const [moved] = order.splice(from, 1)
  if (moved) order.splice(to, 0, moved)
  return order
}

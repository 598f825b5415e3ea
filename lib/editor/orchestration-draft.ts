import type { OrchestrationBody, OrchestrationItem, OrchestrationSettings, Strategy } from '../contract/orchestrations'
import type { MemberDraft } from './orchestration-client'

/** An orchestration as it is edited. */
export interface OrchestrationDraft {
  name: string
  description: string
  strategy: Strategy
  model: string
  instructions: string
  maxRounds: string
  merge: NonNullable<OrchestrationSettings['merge']>
  timeoutMs: string
  members: readonly MemberDraft[]
  /** Settings that no field shows: they stay. */
  settings: OrchestrationSettings
}

/** A stored orchestration, ready to be edited. */
export function draftOfOrchestration(orchestration: OrchestrationItem): OrchestrationDraft {
  const { name, description, strategy, settings, entities } = orchestration
  return {
    name,
    description,
    strategy,
    model: settings.model ?? '',
    instructions: settings.instructions ?? '',
    maxRounds: String(settings.max_rounds ?? ''),
    merge: settings.merge ?? 'join',
    timeoutMs: String(settings.timeout_ms ?? ''),
    members: entities.map((entity, key) => ({
      key,
      entityId: entity.id,
      agentId: entity.entity_ref_id,
      role: entity.role_description,
    })),
    settings,
  }
}

/** The draft as the API takes it, its members apart. */
export function bodyOfOrchestration(draft: OrchestrationDraft): OrchestrationBody {
  return {
    name: draft.name.trim(),
    description: draft.description,
    strategy: draft.strategy,
    settings: {
      ...draft.settings,
      model: draft.model.trim() || null,
      instructions: draft.instructions || null,
      max_rounds: draft.maxRounds === '' ? null : Number(draft.maxRounds),
      merge: draft.merge,
      timeout_ms: draft.timeoutMs === '' ? null : Number(draft.timeoutMs),
    },
  }
}

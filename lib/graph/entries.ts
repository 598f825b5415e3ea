import type { Plan } from './plan'

/** Indexes of the blocks an execution enters through. A webhook call enters through the called webhook block and the
 *  starters, anything else (`webhookBlockId` null) through every trigger. A graph without triggers is entered through
 *  every block without incoming edges. Source: API contract, section 6, "Entries". */
export function entriesFor(plan: Pick<Plan, 'blocks'>, webhookBlockId: string | null): Set<number> {
  const triggers = plan.blocks.filter(({ definition }) => definition.capabilities.trigger !== undefined)
  const entries =
    triggers.length === 0
      ? plan.blocks.filter(({ incoming }) => incoming.length === 0)
      : triggers.filter(
          ({ block, definition }) =>
            webhookBlockId === null || definition.capabilities.trigger === 'start' || block.id === webhookBlockId,
        )
  return new Set(entries.map(({ index }) => index))
}

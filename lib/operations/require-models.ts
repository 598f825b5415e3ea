import 'server-only'
import { getApp } from './app'
import { AppError } from '../contract/errors'
import { isUuid } from '../contract/ids'
import { readAgent } from '../data/agents'
import { readOrchestration } from '../data/orchestrations'
import type { TestRun } from '../engine/test-run'
import type { ModelNeed } from '../blocks/contract'
import { entriesFor } from '../graph/entries'
import type { Plan, PlanBlock } from '../graph/plan'
import { chooseModel, isProblem, type ModelProblem } from '../models/choose-model'
import type { Provider } from '../models/provider'

/** Refuses a run that would reach a block whose model no provider serves. A model that only the run itself names is
 *  judged when its block runs, and one whose block has pinned data is not asked. @throws MODEL_NOT_CONFIGURED naming the block and the setting. */
export async function requireModels(
  plan: Plan,
  triggerBlockId: string | null,
  pinned: TestRun['pins'] = {},
): Promise<void> {
  const needy = plan.blocks.filter(
    ({ block, definition }) => definition.capabilities.usesModel && !Object.hasOwn(pinned, block.id),
  )
  if (needy.length === 0) return
  const reached = reachableFrom(plan, entriesFor(plan, triggerBlockId))
  const providers = await getApp().models.providers()
  for (const block of needy) {
    const need = block.definition.capabilities.usesModel?.(block.block.config)
    if (!need || !reached.has(block.index)) continue
    if (providers.length === 0) throw noProvider(block)
    const problem = await problemOf(need, providers)
    if (problem) throw unserved(block, need, problem)
  }
}

async function problemOf(need: ModelNeed, providers: readonly Provider[]): Promise<ModelProblem | null> {
  for (const name of await modelsOf(need)) {
    const chosen = chooseModel(providers, name)
    if (isProblem(chosen)) return chosen
  }
  return null
}

/** Names of the models a block will ask for, as far as they are known before it runs. */
async function modelsOf(need: ModelNeed): Promise<(string | null)[]> {
  if (need.kind === 'model') return need.name !== null && isTemplate(need.name) ? [] : [need.name]
  if (!isUuid(need.id)) return []
  if (need.kind === 'orchestration') return modelsOfOrchestration(need.id)
  const agent = await readAgent(need.id)
  return agent ? [agent.model] : []
}

async function modelsOfOrchestration(id: string): Promise<(string | null)[]> {
  const orchestration = await readOrchestration(id)
  if (!orchestration) return []
  const { strategy, settings, entities } = orchestration
  const agents = await Promise.all(entities.map((entity) => readAgent(entity.entity_ref_id)))
  const hasCoordinator = strategy === 'supervisor' || (strategy === 'parallel' && settings.merge === 'model')
  return [
    ...(hasCoordinator ? [settings.model ?? null] : []),
    ...agents.flatMap((agent) => (agent ? [agent.model] : [])),
  ]
}

function isTemplate(text: string): boolean {
  return /<[^>]+>|\{\{/.test(text)
}

function noProvider({ block }: PlanBlock): AppError {
  return new AppError(
    'MODEL_NOT_CONFIGURED',
    `Block ${block.name || block.id} (${block.id}) needs a language model and no provider is ` +
      'configured: add one under Settings, Providers',
    { block: block.id, setting: 'providers' },
  )
}

function unserved({ block }: PlanBlock, need: ModelNeed, problem: ModelProblem): AppError {
  return new AppError(
    'MODEL_NOT_CONFIGURED',
    `Block ${block.name || block.id} (${block.id}), config.${need.setting}: ${problem.message}`,
    { block: block.id, setting: problem.setting },
  )
}

function reachableFrom(plan: Plan, entries: ReadonlySet<number>): Set<number> {
  const reached = new Set<number>()
  const open = [...entries]
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    const block = plan.blocks[index]
    if (!block || reached.has(index) || !block.block.enabled) continue
    reached.add(index)
    for (const edge of block.outgoing) open.push(edge.target)
  }
  return reached
}

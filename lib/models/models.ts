import 'server-only'
import { chooseModel, isProblem, type ModelProblem } from './choose-model'
import { converse, type Conversation, type ConversationAnswer } from './converse'
import { createLanguageModel } from './language-model'
import { createModelFetch, type ModelFetchOptions } from './model-fetch'
import type { ChosenModel, Provider } from './provider'
import { modelTimeoutMs } from '../limits'

/** The language models of this installation. */
export interface Models {
  /** Every provider, those set up here before those of the environment. */
  providers(): Promise<readonly Provider[]>
  /** Who serves a model, or why nobody does. Null or blank names the default model. */
  choose(name: string | null): Promise<ChosenModel | ModelProblem>
  /** Talks with a model until it has answered. @throws BlockError saying what went wrong; the signal's reason. */
  converse(model: ChosenModel, conversation: Conversation): Promise<ConversationAnswer>
}

/** Makes the models of `readProviders`; all calls leave by `stream`. */
export function createModels(
  options: { readProviders: () => Promise<readonly Provider[]> } & Omit<ModelFetchOptions, 'timeoutMs'>,
): Models {
  const { readProviders, ...door } = options
  return {
    providers: readProviders,
    choose: async (name) => chooseModel(await readProviders(), name),
    converse(model, conversation) {
      const terms = model.provider.models[model.modelId] ?? {}
      const fetch = createModelFetch({ ...door, timeoutMs: terms.timeout_ms ?? modelTimeoutMs })
      return converse({ chosen: model, handle: createLanguageModel(model, fetch), terms }, conversation)
    },
  }
}

export { isProblem }

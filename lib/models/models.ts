import 'server-only'
import { chooseEmbeddingModel } from './choose-embedding-model'
import { chooseModel, isProblem, type ModelProblem } from './choose-model'
import { converse, type Conversation, type ConversationAnswer } from './converse'
import { embed } from './embed'
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
  /** Who makes embeddings, or why nobody does. Null or blank takes what a provider offers. */
  chooseEmbedding(name: string | null): Promise<ChosenModel | ModelProblem>
  /** Talks with a model until it has answered. @throws BlockError saying what went wrong; the signal's reason. */
  converse(model: ChosenModel, conversation: Conversation): Promise<ConversationAnswer>
  /** Embeddings of the texts, in order, each of length 1. @throws BlockError saying what went wrong; the signal's reason. */
  embed(model: ChosenModel, texts: readonly string[], signal: AbortSignal): Promise<number[][]>
}

/** Makes the models of `readProviders`; all calls leave by `stream`. */
export function createModels(
  options: { readProviders: () => Promise<readonly Provider[]> } & Omit<ModelFetchOptions, 'timeoutMs'>,
): Models {
  const { readProviders, ...door } = options
  const fetchFor = ({ provider, modelId }: ChosenModel) =>
    createModelFetch({ ...door, timeoutMs: provider.models[modelId]?.timeout_ms ?? modelTimeoutMs })
  return {
    providers: readProviders,
    choose: async (name) => chooseModel(await readProviders(), name),
    chooseEmbedding: async (name) => chooseEmbeddingModel(await readProviders(), name),
    converse(model, conversation) {
      const terms = model.provider.models[model.modelId] ?? {}
      return converse({ chosen: model, handle: createLanguageModel(model, fetchFor(model)), terms }, conversation)
    },
    embed: (model, texts, signal) => embed(model, fetchFor(model), texts, signal),
  }
}

export { isProblem }

import 'server-only'
import { getApp } from './app'
import { asAppError } from './model-failure'
import { AppError } from '../contract/errors'
import { isProblem } from '../models/choose-model'

/** Embeddings of the texts by the model of that name. @throws MODEL_NOT_CONFIGURED; EXECUTION_FAILED saying what the
 *  provider answered. */
export async function embedTexts(model: string, texts: readonly string[], signal: AbortSignal): Promise<number[][]> {
  const { models } = getApp()
  const chosen = await models.choose(model)
  if (isProblem(chosen))
    throw new AppError('MODEL_NOT_CONFIGURED', `embedding_model: ${chosen.message}`, { setting: chosen.setting })
  try {
    return await models.embed(chosen, texts, signal)
  } catch (error) {
    // An ended execution says itself why it ended.
    throw signal.aborted ? error : asAppError(error)
  }
}

import 'server-only'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import type { ProviderParams } from '../contract/providers'
import { removeModelProvider } from '../data/model-providers'

/** Forgets a provider and its key. @throws NOT_FOUND when none of that name was set up here. */
export async function deleteProvider({ params }: Call<ProviderParams, object, null>): Promise<void> {
  if (!(await removeModelProvider(params.name)))
    throw new AppError(
      'NOT_FOUND',
      `No provider ${params.name} is set up here; those of the environment cannot be deleted`,
    )
}

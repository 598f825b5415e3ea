import 'server-only'
import { readModelProviders } from '../data/model-providers'
import type { Env } from '../env'
import { environmentProviders, modelHosts } from '../models/environment-providers'
import { createModels, type Models } from '../models/models'
import { createGuardedStream } from '../outbound/guarded-stream'

/** The models of the providers that were set up here and of those the environment describes. Of two with one name, the
 *  one set up here counts. They are read anew for each call: a change holds at once, in every process. */
export function createInstalledModels(env: Env): Models {
  const described = environmentProviders(env)
  return createModels({
    async readProviders() {
      const setUp = await readModelProviders()
      return [...setUp, ...described.filter(({ name }) => !setUp.some((one) => one.name === name))]
    },
    stream: createGuardedStream({ allowPrivateHosts: modelHosts(env) }),
  })
}

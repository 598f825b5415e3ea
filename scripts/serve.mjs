// Starts what has been built, in this process: the last step of `npm start`, and all a container does.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isMain, root } from './root.mjs'

if (isMain(import.meta.url)) await serve()

/** Paths in settings and of the build count from the project's folder, wherever the command was given. */
export async function serve({ isDevelopment = false } = {}) {
  process.chdir(root)
  process.env.NODE_ENV = isDevelopment ? 'development' : 'production'
  process.env.NEXT_TELEMETRY_DISABLED = '1'
  process.setSourceMapsEnabled(true)
  // Whoever read the output may be gone, a closed terminal for one. Unheard, such an error is reported to that output.
  for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined)
  const { main } = await import(pathToFileURL(join(root, 'dist/server.mjs')).href)
  await main({ dev: isDevelopment, rootDir: root })
}

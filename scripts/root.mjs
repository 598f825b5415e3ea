import { realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder, wherever the script was started from. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Tells whether a module (its `import.meta.url`) is the script that was started, not one that was imported. */
export function isMain(moduleUrl) {
  const script = process.argv[1]
  return script !== undefined && realpathSync(script) === fileURLToPath(moduleUrl)
}

import { cpSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Names the data folder that new ones are copies of. Unset: new ones are empty, and their server's start is its first. */
export const templateVariable = 'TEST_DATA_TEMPLATE'

/** Makes a data folder for a test server. One with a database of its own elsewhere takes nothing from the template but
 *  the interpreter's snapshot. */
export function makeDataFolder({ hasDatabase }: { hasDatabase: boolean }): string {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-e2e-'))
  const template = process.env[templateVariable]
  if (template === undefined) return folder
  const names = readdirSync(template).filter((name) => !hasDatabase || name.endsWith('.snapshot'))
  for (const name of names) cpSync(join(template, name), join(folder, name), { recursive: true })
  return folder
}

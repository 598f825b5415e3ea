import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { root } from './root.mjs'

let clone

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'sluice-clone-'))
  cpSync(join(root, 'scripts'), join(clone, 'scripts'), { recursive: true })
  cpSync(join(root, 'package.json'), join(clone, 'package.json'))
  cpSync(join(root, 'package-lock.json'), join(clone, 'package-lock.json'))
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(clone, { recursive: true })
})

describe('in a clone where nothing is installed', () => {
  it.each(['start.mjs', 'test.mjs'])('%s begins with npm ci, and says in one line when that fails', (script) => {
    const { status, stdout, stderr } = runWithNpm(script, 'process.exit(7)')
    expect(stdout).toContain('sluice: installing packages (npm ci), once')
    expect(stderr).toMatch(/^(sluice: )?npm ci failed \(above\): see that the npm registry can be reached/m)
    expect(status).toBe(1)
  })

  it('npm ci runs no install scripts, leaves no package out and tells of errors only', () => {
    const { stdout } = runWithNpm('start.mjs', 'console.log(process.argv.slice(2).join(" ")); process.exit(1)')
    expect(stdout).toMatch(/ci --ignore-scripts --include=dev --include=optional .*--loglevel=error/)
  })

  it('npm test still ends with the sum, alone on its line', () => {
    const { stdout } = runWithNpm('test.mjs', 'process.exit(1)')
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('tests: 0 passed, 1 failed')
  })

  it('two starts at once install once', async () => {
    const record = `
      const { appendFileSync, cpSync } = require('node:fs')
      appendFileSync('runs', process.argv[2])
      cpSync('package-lock.json', 'node_modules/.package-lock.json')`
    vi.stubEnv('npm_execpath', putNpm(record))
    const { ensureInstalled } = await import(pathToFileURL(join(clone, 'scripts/install.mjs')).href)
    await Promise.all([ensureInstalled(), ensureInstalled()])
    expect(readFileSync(join(clone, 'runs'), 'utf8')).toBe('ci')
  })
})

/** Runs a script of the clone with `npm` being the given program. */
function runWithNpm(script, program) {
  const env = { ...process.env, npm_execpath: putNpm(program) }
  return spawnSync(process.execPath, [join(clone, 'scripts', script)], { env, encoding: 'utf8' })
}

function putNpm(program) {
  const npm = join(clone, 'npm-cli.js')
  writeFileSync(npm, program)
  writeFileSync(join(clone, 'package.json'), '{}')
  return npm
}

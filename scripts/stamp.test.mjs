import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { root } from './root.mjs'

let project
let makeFrom
let made

beforeEach(async () => {
  project = mkdtempSync(join(tmpdir(), 'sluice-stamp-'))
  cpSync(join(root, 'scripts'), join(project, 'scripts'), { recursive: true })
  mkdirSync(join(project, 'lib'))
  writeFileSync(join(project, 'lib/a.ts'), 'one')
  ;({ makeFrom } = await import(pathToFileURL(join(project, 'scripts/stamp.mjs')).href))
  made = 0
})

afterEach(() => rmSync(project, { recursive: true }))

describe('makeFrom', () => {
  it('makes once as long as the sources say the same', async () => {
    await make()
    utimesSync(join(project, 'lib/a.ts'), new Date(), new Date(Date.now() + 60_000))
    await make()
    expect(made).toBe(1)
  })

  it.each([
    ['changed', () => writeFileSync(join(project, 'lib/a.ts'), 'two')],
    ['added', () => writeFileSync(join(project, 'lib/b.ts'), 'two')],
    ['removed', () => rmSync(join(project, 'lib/a.ts'))],
  ])('makes again when a source was %s', async (_what, change) => {
    await make()
    change()
    await make()
    expect(made).toBe(2)
  })

  it('takes no notice of tests and of generated code', async () => {
    await make()
    writeFileSync(join(project, 'lib/a.test.ts'), 'a test')
    mkdirSync(join(project, 'lib/generated'))
    writeFileSync(join(project, 'lib/generated/client.ts'), 'generated')
    await make()
    expect(made).toBe(1)
  })

  it('makes once when two ask at once', async () => {
    await Promise.all([make(), make()])
    expect(made).toBe(1)
  })

  it('does not wait for a process that was killed while it made', async () => {
    mkdirSync(join(project, '.cache/stamps'), { recursive: true })
    const { pid } = spawnSync(process.execPath, ['--version'])
    writeFileSync(join(project, '.cache/stamps/thing.lock'), String(pid))
    await make()
    expect(made).toBe(1)
  })

  it('makes again when the result is gone', async () => {
    await make()
    rmSync(join(project, 'result'))
    await make()
    expect(made).toBe(2)
  })

  it('makes again after a make that failed', async () => {
    await make()
    writeFileSync(join(project, 'lib/a.ts'), 'two')
    await expect(make(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    writeFileSync(join(project, 'lib/a.ts'), 'one')
    await make()
    expect(made).toBe(2)
  })
})

function make(work = () => Promise.resolve()) {
  return makeFrom({
    name: 'thing',
    sources: ['lib'],
    result: 'result',
    make: async () => {
      await work()
      made += 1
      writeFileSync(join(project, 'result'), 'made')
    },
  })
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from './root.mjs'
import { readPlaywrightReport, readVitestReport } from './test-report.mjs'

const folder = mkdtempSync(join(tmpdir(), 'sluice-reports-'))
afterAll(() => rmSync(folder, { recursive: true }))

function written(report) {
  const file = join(folder, 'report.json')
  writeFileSync(file, JSON.stringify(report))
  return file
}

describe('readVitestReport', () => {
  const test = (fullName, status, ...failureMessages) => ({ fullName, status, failureMessages })

  it('counts, and names what failed and what passed only the second time', () => {
    const assertionResults = [
      test('a', 'passed'),
      test('b', 'failed', 'one', 'two'),
      test('c', 'passed', 'first'),
      test('d', 'skipped'),
    ]
    const report = { testResults: [{ name: join(root, 'lib/x.test.ts'), status: 'failed', assertionResults }] }
    expect(readVitestReport(written(report))).toEqual({
      passed: 2,
      failed: 1,
      failures: [{ name: 'lib/x.test.ts › b', isPassed: false, message: 'one' }],
      flaky: [{ name: 'lib/x.test.ts › c', isPassed: true, message: 'first' }],
    })
  })

  it('counts a file that did not load as one failure', () => {
    const file = {
      name: join(root, 'lib/x.test.ts'),
      status: 'failed',
      assertionResults: [],
      message: 'no such module',
    }
    expect(readVitestReport(written({ testResults: [file] }))).toMatchObject({
      passed: 0,
      failed: 1,
      failures: [{ name: 'lib/x.test.ts', message: 'no such module' }],
    })
  })

  it('of a runner that wrote nothing has nothing', () => {
    expect(readVitestReport(join(folder, 'none.json'))).toMatchObject({ passed: 0, failed: 0 })
  })
})

describe('readPlaywrightReport', () => {
  it('counts through all suites, and names what failed, what was flaky and what failed outside of a test', () => {
    const spec = (title, status, ...messages) => ({
      title,
      file: 'pages.spec.ts',
      tests: [{ status, results: messages.map((message) => (message === null ? {} : { error: { message } })) }],
    })
    const inner = { specs: [spec('b', 'unexpected', 'no button', 'no button'), spec('c', 'flaky', 'slow', null)] }
    const suites = [{ specs: [spec('a', 'expected', null), spec('d', 'skipped')], suites: [inner] }]
    const read = readPlaywrightReport(written({ suites, errors: [{ message: 'no browser' }] }))
    expect(read).toMatchObject({ passed: 2, failed: 2 })
    expect(read.failures.map(({ name, message }) => [name, message])).toEqual([
      ['e2e/pages.spec.ts › b', 'no button'],
      ['outside of a test', 'no browser'],
    ])
    expect(read.flaky.map(({ name, message }) => [name, message])).toEqual([['e2e/pages.spec.ts › c', 'slow']])
  })
})

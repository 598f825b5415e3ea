// `npm test`: every test there is, from a fresh clone on. The last line is the sum of all.
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { requireNode } from './require-node.mjs'
import { root } from './root.mjs'
import { run, runPackage } from './run.mjs'
import { readPlaywrightReport, readVitestReport } from './test-report.mjs'

const maxMessageLines = 20
const reportDir = join(root, '.cache/test-reports')

try {
  requireNode()
  const results = await runAll()
  const passed = results.reduce((sum, result) => sum + result.passed, 0)
  const failed = results.reduce((sum, result) => sum + result.failed, 0)
  // Told once more at the end: what a runner said of them is far up by then.
  for (const test of results.flatMap(({ failures }) => failures)) tell('FAILED', test)
  for (const test of results.flatMap(({ flaky }) => flaky)) tell('passed only when tried again', test)
  for (const { name, passed: good, failed: bad } of results) console.log(`${name}: ${good} passed, ${bad} failed`)
  console.log(`tests: ${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 ? 1 : 0
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  console.log('tests: 0 passed, 1 failed')
  process.exitCode = 1
}

async function runAll() {
  rmSync(reportDir, { recursive: true, force: true })
  mkdirSync(reportDir, { recursive: true })
  const { ensureInstalled } = await import('./install.mjs')
  await ensureInstalled()
  const { ensureGenerated } = await import('./generate.mjs')
  await ensureGenerated()
  const { ensureBuilt } = await import('./build.mjs')
  await ensureBuilt()
  // Tests wait for processes, leases and timeouts, the API's above all: the checks fill that time, and yield.
  const check = runCheck()
  const results = [await runVitest('api'), await runVitest('unit'), await runPlaywright()]
  return [await check, ...results]
}

async function runCheck() {
  const code = await run(process.execPath, [join(root, 'scripts/check.mjs')], { priority: 10 })
  const failed = code === 0 ? 0 : 1
  return { name: 'npm run check', passed: 1 - failed, failed, failures: [], flaky: [] }
}

async function runVitest(project) {
  const report = join(reportDir, `${project}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const env = { ...testEnvironment(), NODE_ENV: 'test' }
  const code = await runPackage('vitest/vitest.mjs', ['run', '--project', project, ...reporters], { env })
  return summarise(project, readVitestReport(report), code)
}

async function runPlaywright() {
  const { findBrowser } = await import('./browser.mjs')
  const browser = await findBrowser()
  const report = join(reportDir, 'e2e.json')
  const browserPath = browser === null ? {} : { CHROMIUM_PATH: browser }
  const env = { ...testEnvironment(), ...browserPath, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
  const code = await runPackage('@playwright/test/cli.js', ['test'], { env })
  return summarise('e2e', readPlaywrightReport(report), code)
}

// A runner that failed without a failed test (it crashed, or an error was thrown outside of one) counts as one.
function summarise(name, counts, code) {
  return { name, ...counts, failed: code !== 0 && counts.failed === 0 ? 1 : counts.failed }
}

function tell(what, { name, message = '' }) {
  console.log(`${what}: ${name}`)
  console.log(
    stripVTControlCharacters(message).trimEnd().split('\n').slice(0, maxMessageLines).join('\n').replace(/^/gm, '    '),
  )
}

/** The settings of whoever runs the tests must not reach the servers they start. */
function testEnvironment() {
  const settings = /^(SLUICE_|OPENAI_|ANTHROPIC_|GOOGLE_GENERATIVE_AI_|OTEL_|DATABASE_URL$|PORT$|NODE_OPTIONS$)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !settings.test(name)))
}

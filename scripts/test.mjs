// `npm test`: every test there is, from a fresh clone on. The last line is the sum of all.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { requireNode } from './require-node.mjs'
import { root } from './root.mjs'
import { runPackage } from './run.mjs'

const reportDir = join(root, '.cache/test-reports')

try {
  requireNode()
  const results = await runAll()
  const passed = results.reduce((sum, result) => sum + result.passed, 0)
  const failed = results.reduce((sum, result) => sum + result.failed, 0)
  for (const { name, passed: good, failed: bad } of results) console.log(`${name}: ${good} passed, ${bad} failed`)
  console.log(`tests: ${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 ? 1 : 0
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  console.log('tests: 0 passed, 1 failed')
  process.exitCode = 1
}

async function runAll() {
  await prepare()
  const { check } = await import('./check.mjs')
  // The API tests wait for processes, leases and timeouts more than they work: the checks fill that time.
  const [isGood, api] = await Promise.all([check(), runVitest('api')])
  return [
    { name: 'npm run check', passed: isGood ? 1 : 0, failed: isGood ? 0 : 1 },
    api,
    await runVitest('unit'),
    await runPlaywright(),
  ]
}

async function prepare() {
  rmSync(reportDir, { recursive: true, force: true })
  mkdirSync(reportDir, { recursive: true })
  const { ensureInstalled } = await import('./install.mjs')
  await ensureInstalled()
  const { ensureGenerated } = await import('./generate.mjs')
  await ensureGenerated()
  const { ensureBuilt } = await import('./build.mjs')
  await ensureBuilt()
}

async function runVitest(project) {
  const report = join(reportDir, `${project}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const env = { ...testEnvironment(), NODE_ENV: 'test' }
  const code = await runPackage('vitest/vitest.mjs', ['run', '--project', project, ...reporters], { env })
  const counts = readReport(report)
  return summarise(project, counts?.numPassedTests, (counts?.numFailedTests ?? 0) + emptyFailures(counts), code)
}

// A file that does not even load has no failed test in it.
function emptyFailures(counts) {
  return (counts?.testResults ?? []).filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
    .length
}

async function runPlaywright() {
  const { findBrowser } = await import('./browser.mjs')
  const browser = await findBrowser()
  const report = join(reportDir, 'e2e.json')
  const browserPath = browser === null ? {} : { CHROMIUM_PATH: browser }
  const env = { ...testEnvironment(), ...browserPath, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
  const code = await runPackage('@playwright/test/cli.js', ['test'], { env })
  const stats = readReport(report)?.stats
  return summarise('e2e', (stats?.expected ?? 0) + (stats?.flaky ?? 0), stats?.unexpected ?? 0, code)
}

// A runner that failed without a failed test (it crashed, or an error was thrown outside of one) counts as one.
function summarise(name, passed = 0, failed = 0, code = 0) {
  return { name, passed, failed: code !== 0 && failed === 0 ? 1 : failed }
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

/** The settings of whoever runs the tests must not reach the servers they start. */
function testEnvironment() {
  const settings = /^(SLUICE_|OPENAI_|ANTHROPIC_|GOOGLE_GENERATIVE_AI_|OTEL_|DATABASE_URL$|PORT$|NODE_OPTIONS$)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !settings.test(name)))
}

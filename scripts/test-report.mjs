// What a test runner wrote into its JSON report, told the same way for each: counts, and every failure by name.
import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { root } from './root.mjs'

/** Reads vitest's report: `{ passed, failed, failures, flaky }`. A file that does not even load has no failed test in
 *  it, and counts as one. */
export function readVitestReport(file) {
  const results = (readReport(file)?.testResults ?? []).flatMap(({ name, assertionResults, status, message }) => {
    const path = relative(root, name)
    if (status === 'failed' && assertionResults.length === 0) return [{ name: path, isPassed: false, message }]
    return assertionResults
      .filter((test) => test.status === 'passed' || test.status === 'failed')
      .map((test) => ({
        name: `${path} › ${test.fullName.trim()}`,
        isPassed: test.status === 'passed',
        message: test.failureMessages[0],
      }))
  })
  return sum(results)
}

/** Reads Playwright's report, as `readVitestReport` does. */
export function readPlaywrightReport(file) {
  const report = readReport(file)
  const results = (report?.suites ?? []).flatMap(specsOf).flatMap(({ file: path, title, tests }) =>
    tests
      .filter((test) => test.status !== 'skipped')
      .map((test) => ({
        name: `e2e/${path} › ${title}`,
        isPassed: test.status !== 'unexpected',
        message: test.results.find(({ error }) => error)?.error.message,
      })),
  )
  const outside = (report?.errors ?? []).map(({ message }) => ({ name: 'outside of a test', isPassed: false, message }))
  return sum([...results, ...outside])
}

function specsOf(suite) {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)]
}

function sum(results) {
  const failures = results.filter(({ isPassed }) => !isPassed)
  return {
    passed: results.length - failures.length,
    failed: failures.length,
    failures,
    // What failed first and passed when it was tried again.
    flaky: results.filter(({ isPassed, message }) => isPassed && message !== undefined),
  }
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

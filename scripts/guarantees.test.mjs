import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as limits from '../lib/limits'
import { root } from './root.mjs'

const text = readFileSync(join(root, 'docs/guarantees.md'), 'utf8')
const named = [...text.matchAll(/`([\w./-]+\.test\.ts)` › "([^"]+)"/g)].map(([, file, title]) => ({ file, title }))
const rows = text.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| Promise'))

describe('docs/guarantees.md', () => {
  it('names a test beside every promise', () => {
    expect(rows.length).toBeGreaterThan(20)
    for (const row of rows) expect(row).toMatch(/\| `[\w./-]+\.test\.ts` › "[^"]+" \|$/)
    expect(named).toHaveLength(rows.length)
  })

  it.each(named)('$file holds "$title"', ({ file, title }) => {
    const path = join(root, file)
    expect(existsSync(path), path).toBe(true)
    const tests = readFileSync(path, 'utf8').split('\n')
    expect(tests.some((line) => /\bit(?:\.each.*)?\(/.test(line) && line.includes(title))).toBe(true)
  })

  it.each([
    ['missed after 20 s', limits.runnerLeaseMs / 1000, 20],
    ['within 30 s', Math.ceil((limits.runnerLeaseMs + limits.runnerHeartbeatMs) / 10_000) * 10, 30],
    ['up to 30 s to end', limits.drainTimeoutMs / 1000, 30],
    ['at most 200 ms late', limits.checkpointIntervalMs, 200],
    ['for 7 days', limits.idempotencyKeyDays, 7],
    ['window is 10 minutes', limits.armWindowMinutes, 10],
    ['taken over 5 times', limits.maxTakeovers, 5],
    ['at most 32 MiB', limits.maxExecutionStoredBytes / 2 ** 20, 32],
    ['after 300 s', limits.executionTimeoutMs / 1000, 300],
    ['600 s when streamed', limits.streamTimeoutMs / 1000, 600],
    ['A sync call waits 2 s', limits.admissionWaitMs / 1000, 2],
    ['one of 256 places', limits.maxExecutionsAtOnce, 256],
  ])('"%s" is what the code does', (words, value, promised) => {
    expect(text.replace(/\s+/g, ' ')).toContain(words)
    expect(value).toBe(promised)
  })
})

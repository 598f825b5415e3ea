import { defineConfig } from '@playwright/test'

const executablePath = process.env['CHROMIUM_PATH']
// Chromium's own sandbox refuses to run as root.
const sandboxFlags = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const quietFlags = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

export default defineConfig({
  globalSetup: './test/server-global-setup.ts',
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  timeout: 240_000,
  forbidOnly: true,
  // A file is one story, told in order against a server of its own; three stories go on at the same time.
  fullyParallel: false,
  workers: 3,
  // What passed only then is named at the end of the run.
  retries: 1,
  // Waiting costs nothing where all is well; a busy machine may need it.
  expect: { timeout: 30_000 },
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ? [['list'], ['json']] : [['list']],
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'on-first-retry',
    launchOptions: { ...(executablePath ? { executablePath } : {}), args: [...sandboxFlags, ...quietFlags] },
  },
})

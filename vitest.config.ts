import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// `server-only` throws outside a server bundle; its empty file is what a server bundle gets.
const resolve = { alias: { '@': here('.'), 'server-only': here('node_modules/server-only/empty.js') } }

// Waiting costs nothing where all is well; a busy machine may need it.
const expect = { poll: { timeout: 30_000 } }

export default defineConfig({
  resolve,
  test: {
    // Many files wait for processes, leases and timeouts: three at a time keep two cores busy.
    maxWorkers: 3,
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          include: ['{lib,server,scripts,app,components}/**/*.test.{ts,tsx,mjs}'],
          globalSetup: ['test/postgres-global-setup.ts'],
          expect,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve,
        test: {
          name: 'api',
          include: ['e2e/api/**/*.test.ts'],
          globalSetup: ['test/server-global-setup.ts'],
          expect,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Processes are killed and deadlines kept here: what a stalled machine alone broke passes the second time, and
          // is named at the end of the run.
          retry: 1,
          // How often the fault test kills something: `npm run faults` sets the long form.
          provide: { faultRounds: Number(process.env['FAULT_ROUNDS'] ?? 3) },
        },
      },
    ],
  },
})

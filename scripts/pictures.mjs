// `npm run pictures`: takes the README's pictures anew, of this very code: `docs/images`. With a folder, all screens go
// there, light and dark, wide and narrow, for somebody to look at.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { api, startSluice } from '../bench/servers.mjs'
import { ownerSettings, signIn } from '../bench/studio/pages.mjs'
import { findBrowser } from './browser.mjs'
import { order, ordersGraph, startShop } from './pictures/shop.mjs'
import { root } from './root.mjs'

const folder = process.argv[2]
const sumCode = { language: 'javascript', code: 'return night.output.rows.reduce((sum, row) => sum + row, 0)' }
const wide = { width: 1440, height: 860 }
const settlingMs = 500

const shop = await startShop()
const server = await startSluice({ ...ownerSettings, SLUICE_ALLOW_PRIVATE_HOSTS: '127.0.0.1' })
const executablePath = await findBrowser()
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
})
try {
  const orders = await fill()
  const storageState = await signIn(browser, server.url)
  if (folder) await takeAll(orders, storageState)
  else await takeReadme(orders, storageState)
} finally {
  await browser.close()
  await server.stop()
  shop.stop()
}

/** A workspace as it looks after a while: workflows, and executions that went well and badly. */
async function fill() {
  const orders = await workflow('Orders in', ordersGraph(shop.url), '#2563eb')
  const small = await workflow('Nightly report', {
    blocks: [
      { id: 'night', type: 'starter', name: 'Every night', config: { input: { rows: [3, 1, 4] } } },
      { id: 'sum', type: 'code', name: 'Add up', position: { x: 336, y: 0 }, config: sumCode },
    ],
    edges: [{ source: 'night', target: 'sum' }],
  })
  await workflow('Invoice reminders', { blocks: [], edges: [] })
  await api(server, 'POST', `/api/workflows/${orders}/deploy`)
  for (let count = 0; count < 12; count++) {
    await execute(orders, { ...order, quantity: count % 3 === 0 ? 2 : 6 })
    await execute(small, count % 4 === 3 ? { rows: null } : {})
  }
  return orders
}

async function workflow(name, graph, color) {
  const { id } = await api(server, 'POST', '/api/workflows', { name, ...(color && { color }) })
  if (graph.blocks.length > 0) await api(server, 'PUT', `/api/workflows/${id}/graph`, graph)
  return id
}

async function execute(id, variables) {
  // A failed run answers 500: some are meant to fail.
  await api(server, 'POST', `/api/workflows/${id}/execute`, { variables }).catch(() => null)
}

async function takeReadme(orders, storageState) {
  const page = await pageOf({ storageState, viewport: wide, colorScheme: 'light' })
  await openAfterRun(page, orders)
  await page.screenshot({ path: join(root, 'docs/images/canvas.png') })
  await openExecution(page, orders)
  await page.screenshot({ path: join(root, 'docs/images/execution.png') })
  const dark = await pageOf({ storageState, viewport: wide, colorScheme: 'dark' })
  await openPublished(dark, orders)
  await dark.screenshot({ path: join(root, 'docs/images/publish.png') })
}

async function takeAll(orders, storageState) {
  await mkdir(folder, { recursive: true })
  const screens = {
    list: (page) => page.goto('/'),
    editor: (page) => openAfterRun(page, orders),
    publish: (page) => openPublished(page, orders),
    execution: (page) => openExecution(page, orders),
    executions: (page) => page.goto('/executions'),
    dashboard: (page) => page.goto('/dashboard'),
    'api-keys': (page) => page.goto('/settings/api-keys'),
    secrets: (page) => page.goto('/settings/secrets'),
    health: (page) => page.goto('/settings/health'),
    profile: (page) => page.goto('/settings/profile'),
  }
  for (const width of [1024, 1440])
    for (const colorScheme of ['light', 'dark']) {
      const page = await pageOf({ storageState, viewport: { width, height: 800 }, colorScheme })
      for (const [name, open] of Object.entries(screens)) {
        await open(page)
        await page.waitForLoadState('networkidle')
        await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`) })
      }
      await page.context().close()
    }
}

async function pageOf(options) {
  const context = await browser.newContext({
    baseURL: server.url,
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    ...options,
  })
  return context.newPage()
}

/** The editor with a run painted on it and a block's settings beside. */
async function openAfterRun(page, id) {
  await page.goto(`/workflows/${id}`)
  await page.getByRole('group', { name: 'Order placed, ' }).waitFor()
  await page.getByRole('button', { name: 'Run', exact: true }).first().click()
  const form = page.getByRole('form', { name: 'Run the workflow' })
  if (!(await form.getByRole('textbox', { name: 'Input', exact: true }).isVisible()))
    await form.getByRole('button', { name: 'As JSON' }).click()
  await form.getByRole('textbox', { name: 'Input', exact: true }).fill(JSON.stringify(order, null, 2))
  await form.getByRole('button', { name: 'Run now' }).click()
  await page.getByText('Completed', { exact: true }).first().waitFor()
  await page.getByRole('button', { name: 'Close the panel' }).click()
  await page.getByRole('group', { name: 'Large order?, ' }).click()
  await fitWhole(page)
}

async function openPublished(page, id) {
  await page.goto(`/workflows/${id}`)
  await page.getByRole('group', { name: 'Order placed, ' }).waitFor()
  await page.getByRole('button', { name: 'Deploy', exact: true }).click()
  await page.getByText('Deploy and webhooks', { exact: true }).waitFor()
  await fitWhole(page)
}

/** A canvas hears of its new width, and draws sharp again after it moved, a moment later. */
async function fitWhole(page) {
  await page.waitForTimeout(settlingMs)
  await page.getByRole('button', { name: 'Fit the whole graph' }).click()
  await page.mouse.move(0, 0)
  await page.waitForTimeout(settlingMs)
}

async function openExecution(page, id) {
  const { executions } = await api(server, 'GET', `/api/workflows/${id}/executions?limit=1`)
  await page.goto(`/workflows/${id}/executions/${executions[0].id}`)
  await page.getByText('Reserve the stock').first().waitFor()
}

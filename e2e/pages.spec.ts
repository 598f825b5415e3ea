import { expect, test, type Page } from '@playwright/test'
import { shopGraph } from './fixtures/shop-graph'
import { block, connect, run, saving } from './editing'
import { clickUntil, lookAt } from './screen'
import { startServer, type TestServer } from '../test/server'

const owner = { email: 'ada@example.com', password: 'difference engine' }

test.describe.configure({ mode: 'serial' })

test.describe('the pages of a new installation', () => {
  let server: TestServer
  let page: Page
  const complaints: string[] = []

  test.beforeAll(async ({ browser }) => {
    // The first start may have to build.
    test.setTimeout(300_000)
    server = await startServer()
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, baseURL: server.url })
    page = await context.newPage()
    // A script that the Content-Security-Policy refuses, or a hydration that fails, is a complaint here.
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  })
  test.afterAll(async () => {
    await page.context().close()
    await server.stop()
  })

  test('the first visitor is asked to create the owner, and lands on an empty list', async () => {
    const answer = await page.goto('/')
    await expect(page).toHaveURL(/\/first-run$/)
    const policy = answer?.headers()['content-security-policy'] ?? ''
    expect(policy).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic';/)
    expect(policy).toContain("frame-ancestors 'none'")
    await lookAt(page)
    await page.getByLabel('E-mail').fill(owner.email)
    await page.getByLabel('Password').fill(owner.password)
    await page.getByRole('button', { name: 'Create owner' }).click()
    await expect(page.getByRole('heading', { name: 'No workflows yet' })).toBeVisible()
    await lookAt(page)
  })

  test('a workflow is created by name and opens, empty', async () => {
    const dialog = page.getByRole('dialog', { name: 'New workflow' })
    await clickUntil(page.getByRole('button', { name: 'New workflow' }), dialog)
    await dialog.getByLabel('Name').fill('Shop orders')
    await lookAt(page)
    await dialog.getByRole('button', { name: 'Create workflow' }).click()
    await expect(page.getByRole('heading', { name: 'Shop orders' })).toBeVisible()
    await expect(page.getByText('This workflow has no blocks yet')).toBeVisible()
    await expect(page).toHaveTitle('Shop orders · Sluice')
    await lookAt(page)
  })

  test('its first blocks are dragged in and connected, and the first execution is green', async () => {
    const canvas = page.getByRole('application', { name: 'Graph' })
    for (const [name, x] of [
      ['Start', 160],
      ['Response', 520],
    ] as const)
      await page.getByRole('button', { name: `Add ${name}` }).dragTo(canvas, { targetPosition: { x, y: 200 } })
    await connect(page, 'Start', 'output', 'Response')
    await expect(saving(page)).toHaveText('Saved')
    await page.getByRole('main').getByRole('button', { name: 'Run', exact: true }).first().click()
    await page.getByRole('button', { name: 'Run now' }).click()
    await expect(run(page)).toHaveText('Completed')
    for (const name of ['Start', 'Response']) await expect(block(page, name).getByText('Done')).toBeVisible()
    await lookAt(page, 'first-run-journey')
  })

  test('a graph saved over the API is drawn with its blocks and labelled branches', async () => {
    const path = `/api${new URL(page.url()).pathname}/graph`
    const saved = await page.request.put(path, { data: shopGraph })
    expect(await saved.json()).toMatchObject({ ok: true, blocks: shopGraph.blocks.length })
    await page.reload()
    for (const { name } of shopGraph.blocks) await expect(page.getByRole('group', { name: `${name}, ` })).toBeVisible()
    const condition = page.getByRole('group', { name: 'Paid?, Condition' })
    for (const label of ['if', 'elif 1', 'else', 'error'])
      await expect(condition.getByText(label, { exact: true })).toBeVisible()
    await expect(condition.getByText('order.total > 100', { exact: true })).toBeVisible()
    await expect(page.getByRole('group', { name: 'From Paid? (elif 1) to Ask for payment' })).toBeAttached()
    await expect(page.getByRole('img', { name: 'Overview of the graph' })).toBeVisible()
    expect(await page.content()).not.toContain(shopGraph.secret)
    await lookAt(page)
  })

  test('the view is zoomed and fitted by buttons, and blocks are reached by keyboard', async () => {
    const placed = block(page, 'Order placed')
    const widthBefore = (await placed.boundingBox())?.width ?? 0
    await page.getByRole('button', { name: 'Zoom out' }).click()
    await expect.poll(async () => (await placed.boundingBox())?.width).toBeLessThan(widthBefore)
    await page.getByRole('button', { name: 'Fit the whole graph' }).click()
    await expect.poll(async () => (await placed.boundingBox())?.width).toBeCloseTo(widthBefore, 0)
    await placed.focus()
    await page.keyboard.press('Enter')
    await expect(placed).toHaveClass(/selected/)
  })

  test('the list shows the workflow, finds it by name and keeps search and order in the address', async () => {
    await page.getByRole('link', { name: 'Back to all workflows' }).click()
    await expect(page).toHaveTitle('Workflows · Sluice')
    const row = page.getByRole('row', { name: /Shop orders/ })
    await expect(row).toContainText('Internal')
    await expect(row).toContainText('Webhook')
    await expect(row).toContainText('Completed')
    await lookAt(page)
    await page.getByRole('searchbox', { name: 'Search workflows by name' }).fill('nothing like it')
    await expect(page.getByText('No workflow has “nothing like it” in its name')).toBeVisible()
    await expect(page).toHaveURL(/q=nothing/)
    await page.getByRole('searchbox').fill('shop')
    await expect(row).toBeVisible()
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('link').click()
    await expect(page).toHaveURL(/q=shop.*sort=name/)
    await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'ascending')
  })

  test('attack 35: markup in names, descriptions and configs is shown as text and runs nothing', async () => {
    const markup = '<img src=x onerror="document.title=1"><script>document.title=1</script>'
    const made = await page.request.post('/api/workflows', { data: { name: markup, description: markup } })
    // The contract of POST /api/workflows.
    const { id } = (await made.json()) as { id: string }
    const config = { branches: [{ expression: markup }] }
    await page.request.put(`/api/workflows/${id}/graph`, {
      data: { blocks: [{ id: markup, type: 'condition', name: markup, config }] },
    })
    await page.goto('/')
    await expect(page.getByRole('row', { name: markup })).toContainText('Never run')
    await page.getByRole('link', { name: markup }).click()
    await expect(page.getByRole('heading', { name: markup })).toBeVisible()
    await expect(page.getByRole('group', { name: markup }).getByText(markup).first()).toBeVisible()
    await expect(page).toHaveTitle(`${markup} · Sluice`)
    expect(await page.locator('img[src="x"]').count()).toBe(0)
    expect((await page.request.delete(`/api/workflows/${id}`)).status()).toBe(204)
  })

  test('an address without a workflow says so and offers the list', async () => {
    const complaintsBefore = complaints.length
    for (const address of ['/workflows/00000000-0000-7000-8000-000000000000', '/workflows/x', '/nowhere']) {
      await page.goto(address)
      await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
    }
    await lookAt(page)
    // The browser itself notes each 404, and nothing else.
    const notes = complaints.splice(complaintsBefore)
    expect(notes.filter((note) => !note.includes('status of 404'))).toEqual([])
    await page.getByRole('link', { name: 'Show all workflows' }).click()
    await expect(page.getByRole('heading', { name: 'Workflows' })).toBeVisible()
  })

  test('whoever signs out meets the sign-in page, and comes back to where they were going', async () => {
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await page.goto('/')
    await expect(page).toHaveURL(/\/sign-in$/)
    await page.goto('/executions?status=failed')
    await expect(page).toHaveURL(/\/sign-in\?next=/)
    await lookAt(page)
    await page.getByLabel('E-mail').fill(owner.email)
    await page.getByLabel('Password').fill(owner.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page, 'the page that was asked for').toHaveURL(/\/executions\?status=failed$/)
  })

  test('no script was refused and nothing failed on the way', () => {
    expect(complaints).toEqual([])
  })
})

import { expect, test, type Page } from '@playwright/test'
import { block, choose, openNew, run, saved, settings } from './editing'
import { clickUntil, lookAt } from './screen'
import { startServer, type TestServer } from '../test/server'

const owner = { email: 'ada@example.com', password: 'difference engine' }

const javascript = (code: string) => ({ language: 'javascript', code })
const prices = {
  blocks: [
    { id: 's', type: 'starter', name: 'Start', position: { x: 0, y: 100 } },
    {
      id: 'p',
      type: 'code',
      name: 'Price',
      position: { x: 300, y: 100 },
      config: javascript('return { price: Start.output.n * 2 }'),
    },
    {
      id: 'c',
      type: 'condition',
      name: 'Dear?',
      position: { x: 600, y: 100 },
      config: { branches: [{ expression: 'Price.output.price > 10' }] },
    },
    { id: 'y', type: 'response', name: 'Wait', position: { x: 900, y: 0 }, config: { output: 'wait' } },
    {
      id: 'n',
      type: 'response',
      name: 'Buy',
      position: { x: 900, y: 220 },
      config: { output: 'buy at <Price.output.price>' },
    },
  ],
  edges: [
    { source: 's', target: 'p' },
    { source: 'p', target: 'c' },
    { source: 'c', target: 'y', sourceHandle: 'if' },
    { source: 'c', target: 'n', sourceHandle: 'else' },
  ],
}

const dataOf = (page: Page) => settings(page).getByRole('tab', { name: 'Data', exact: true })
const output = (page: Page) => settings(page).getByRole('group', { name: 'Output', exact: true })
const painted = (page: Page) => page.getByRole('region', { name: 'Execution on the canvas' })
const drawer = (page: Page) => page.getByRole('table', { name: 'Executions' })

/** Opens the data of a block. */
async function lookInto(page: Page, name: string): Promise<void> {
  await choose(page, name)
  await dataOf(page).click()
}

test.describe.configure({ mode: 'serial' })

test.describe('data', () => {
  let server: TestServer
  let page: Page
  let workflowId: string
  const complaints: string[] = []

  test.beforeAll(async ({ browser }) => {
    test.setTimeout(300_000)
    const { email, password } = owner
    server = await startServer({ env: { SLUICE_OWNER_EMAIL: email, SLUICE_OWNER_PASSWORD: password } })
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      baseURL: server.url,
      permissions: ['clipboard-read', 'clipboard-write'],
      reducedMotion: 'reduce',
    })
    page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto('/sign-in')
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('heading', { name: 'No workflows yet' })).toBeVisible()
    workflowId = await openNew(page, 'Prices', prices)
    await page.request.post(`/api/workflows/${workflowId}/execute`, { data: { variables: { n: 2 } } })
  })
  test.afterAll(async () => {
    await page.context().close()
    await server.stop()
  })

  test('branches and references show what the last run makes of them', async () => {
    await page.reload()
    await clickUntil(block(page, 'Dear?'), settings(page))
    await expect(settings(page).getByText('False', { exact: true })).toBeVisible()
    await page.getByRole('main').getByRole('button', { name: 'Run', exact: true }).first().click()
    const form = page.getByRole('form', { name: 'Run the workflow' })
    await form.getByRole('textbox').fill('{"n": 8}')
    await page.getByRole('button', { name: 'Run now' }).click()
    await expect(run(page)).toHaveText('Completed')
    await page.getByRole('button', { name: 'Close the panel' }).click()
    await choose(page, 'Dear?')
    await expect(settings(page).getByText('True', { exact: true })).toBeVisible()
    const expression = settings(page).getByRole('textbox', { name: 'Branches: if' })
    await expression.fill('Price.output.price > 20')
    await expect(settings(page).getByText('False', { exact: true })).toBeVisible()
    await lookAt(page, 'data-branches')
    await expression.fill('Price.output.price > 10')
    await choose(page, 'Buy')
    await settings(page).getByRole('textbox', { name: 'Output' }).press('End')
    await settings(page).getByRole('textbox', { name: 'Output' }).press('ArrowLeft')
    await expect(settings(page).getByRole('status', { name: 'Reference' })).toContainText('16')
  })

  test('what a block gave is shown as tree, table and text, and its places are copied as references', async () => {
    await lookInto(page, 'Price')
    await output(page).getByRole('button', { name: 'Copy as reference output.price' }).click()
    await expect(page.getByText('<Price.output.price> is copied')).toBeVisible()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('<Price.output.price>')
    await output(page).getByRole('tab', { name: 'Table' }).click()
    await expect(output(page).getByRole('row', { name: 'price 16' })).toBeVisible()
    await output(page).getByRole('tab', { name: 'Raw' }).click()
    await expect(output(page)).toContainText('"price": 16')
    // The next block shows its data too.
    await choose(page, 'Dear?')
    await expect(output(page)).toContainText('route')
    await choose(page, 'Price')
  })

  test('an output is pinned and edited, and a run from there takes it', async () => {
    const pinned = settings(page).getByRole('region', { name: 'Pinned output' })
    await pinned.getByRole('button', { name: 'Pin output' }).click()
    await expect(block(page, 'Price').getByText('Pinned')).toBeVisible()
    await pinned.getByRole('button', { name: 'Edit' }).click()
    const dialog = page.getByRole('dialog', { name: 'Pinned output' })
    await dialog.getByRole('textbox', { name: 'JSON' }).fill('{"output": {"price": 3}')
    await expect(dialog.getByRole('status')).toContainText('This is not JSON')
    await expect(dialog.getByRole('button', { name: 'Pin', exact: true })).toBeDisabled()
    await dialog.getByRole('textbox', { name: 'JSON' }).fill('{"output": {"price": 3}}')
    await page.keyboard.press('Control+Enter')
    await expect(dialog).toBeHidden()
    await settings(page).getByRole('button', { name: 'Run from here' }).click()
    await expect(block(page, 'Buy').getByText('Done')).toBeVisible()
    await expect(block(page, 'Wait').getByText('Skipped')).toBeVisible()
    await expect(page.getByRole('log', { name: 'Run events' })).toContainText('Buy done')
    await lookAt(page, 'data-pinned')
    await page.reload()
    await expect(block(page, 'Price').getByText('Pinned')).toBeVisible()
    await clickUntil(block(page, 'Price'), settings(page))
    await dataOf(page).click()
    await pinned.getByRole('button', { name: 'Unpin' }).click()
    await expect(block(page, 'Price').getByText('Pinned')).toBeHidden()
  })

  test('one block runs alone, with other settings for once', async () => {
    await settings(page).getByRole('button', { name: 'Run with…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Run this block with other input' })
    await dialog.getByRole('textbox', { name: 'JSON' }).fill('{"code": "return { price: 50 }"}')
    await dialog.getByRole('button', { name: 'Run', exact: true }).click()
    await expect(output(page)).toContainText('50')
    await expect(block(page, 'Price').getByText('Done')).toBeVisible()
    await expect(run(page)).toHaveText('Completed')
    await expect(block(page, 'Buy').getByText('Done')).toBeHidden()
    const { blocks } = await saved(page)
    expect(blocks[1]?.config['code'], 'nothing of it is saved').toContain('Start.output.n')
  })

  test('an earlier execution is chosen by keyboard, painted with its data, run again, and left', async () => {
    await page.getByRole('button', { name: 'Executions', exact: true }).click()
    await drawer(page).getByRole('button').last().focus()
    await page.keyboard.press('Enter')
    await expect(painted(page)).toBeVisible()
    await expect(block(page, 'Buy').getByText('Done')).toBeVisible()
    await expect(output(page)).toContainText('4')
    await lookAt(page, 'data-executions')
    await page.getByLabel('Status').selectOption('failed')
    await expect(page.getByText('No execution matches.')).toBeVisible()
    await page.getByLabel('Status').selectOption('')
    await expect(drawer(page).getByRole('button')).toHaveCount(4)
    await painted(page).getByRole('button', { name: 'Run again' }).click()
    await expect(painted(page)).toBeHidden()
    await expect(run(page)).toHaveText('Completed')
    await expect(drawer(page).getByRole('button')).toHaveCount(5)
    await drawer(page).getByRole('button').nth(3).click()
    await expect(block(page, 'Wait').getByText('Done')).toBeVisible()
    await painted(page).getByRole('button', { name: 'Back to live' }).click()
    await expect(painted(page)).toBeHidden()
    await expect(block(page, 'Wait').getByText('Skipped')).toBeVisible()
  })

  test('two executions stand side by side, the first difference marked', async () => {
    await drawer(page).getByRole('button').last().click()
    await painted(page).getByRole('button', { name: 'Compare…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Compare with another execution' })
    await dialog.getByRole('link').last().click()
    await expect(page.getByRole('heading', { name: 'Two executions of Prices' })).toBeVisible()
    const line = page.getByRole('region', { name: 'Blocks of both' }).getByRole('button', { name: /First difference/ })
    await expect(line).toContainText('Start')
    const price = page.getByRole('button', { name: /^Price/ })
    const differences = page.getByRole('region', { name: 'Differences of Price' })
    await clickUntil(price, differences)
    await expect(differences.getByRole('row', { name: 'output.price 4 16' })).toBeVisible()
    await lookAt(page, 'data-compare')
  })

  test('on its own page an execution is run again from one of its blocks', async () => {
    await page.getByRole('link', { name: 'Back to the execution' }).click()
    const from = page.getByRole('button', { name: 'Run from here' })
    await clickUntil(page.getByRole('button', { name: /^Price/ }).first(), from)
    const address = page.url()
    await from.click()
    await expect(page).not.toHaveURL(address)
    await expect(page.getByRole('status').filter({ hasText: 'Completed' }).first()).toBeVisible()
  })

  test('an empty field is filled from another block, by a mapping made in the inspector', async () => {
    const [start, price, , , buy] = prices.blocks
    await openNew(page, 'Mapped', {
      blocks: [start, price, { ...buy, config: {} }],
      edges: [
        { source: 's', target: 'p' },
        { source: 'p', target: 'n' },
      ],
    })
    const mappings = async () => (await saved(page)).blocks.find(({ id }) => id === 'n')?.config['_inputMappings']
    await choose(page, 'Buy')
    await settings(page).getByText('Filled from other blocks').click()
    await settings(page).getByRole('button', { name: 'Add a mapping' }).click()
    const mapping = settings(page).getByRole('group', { name: 'Mapping 1' })
    await mapping.getByLabel('From block').selectOption('Price')
    await mapping.getByLabel('Path in its data').fill('output.price')
    await mapping.getByLabel('Field it fills').selectOption('Output')
    await expect.poll(mappings).toEqual([{ sourceId: 'p', outputField: 'output.price', targetField: 'output' }])
    await lookAt(page, 'data-mapping')
    await page.getByRole('main').getByRole('button', { name: 'Run', exact: true }).first().click()
    await page.getByRole('form', { name: 'Run the workflow' }).getByRole('textbox').fill('{"n": 21}')
    await page.getByRole('button', { name: 'Run now' }).click()
    const runs = page.getByRole('region', { name: 'Runs and problems' })
    await expect(runs.getByRole('group', { name: 'Output', exact: true })).toContainText('42')
    await mapping.getByRole('button', { name: 'Remove mapping 1' }).click()
    await expect.poll(mappings).toBeUndefined()
  })

  test('a broken reference is marked, found from the problems, and replaced', async () => {
    const [start, price, , , buy] = prices.blocks
    const broken = { ...buy, config: { output: 'buy at <Prise.output.price>' } }
    await openNew(page, 'Broken', {
      blocks: [start, price, broken],
      edges: [
        { source: 's', target: 'p' },
        { source: 'p', target: 'n' },
      ],
    })
    const problem = page.getByRole('list', { name: 'Problems' }).getByRole('button', { name: /Prise/ })
    await clickUntil(page.getByRole('button', { name: /problem/ }), problem)
    await lookInto(page, 'Buy')
    await problem.click()
    const field = settings(page).getByRole('textbox', { name: 'Output' })
    await expect(field).toBeFocused()
    const hint = settings(page).getByRole('status', { name: 'Reference' })
    await expect(hint).toContainText('leads to no block')
    await lookAt(page, 'data-broken')
    await hint.getByRole('button', { name: 'Replace…' }).click()
    await page.getByRole('option', { name: /Price/ }).first().click()
    await expect(field).toHaveValue('buy at <Price.output>')
    await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible()
    expect(complaints).toEqual([])
  })
})

import { readFileSync } from 'node:fs'
import { expect, test, type Page } from '@playwright/test'
import { block, connect, line, openNew, run, saved, settings, tabTo, type Saved } from './editing'
import { clickUntil, lookAt } from './screen'
import { startModelServer, type ModelServer } from '../test/model-server'
import { startServer, type TestServer } from '../test/server'

const owner = { email: 'ada@example.com', password: 'difference engine' }

test.describe.configure({ mode: 'serial' })

test.describe('journeys', () => {
  let server: TestServer
  let models: ModelServer
  let page: Page

  test.beforeAll(async ({ browser }) => {
    test.setTimeout(300_000)
    models = await startModelServer()
    server = await startServer({ env: { OPENAI_API_KEY: 'test', OPENAI_BASE_URL: models.url } })
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      baseURL: server.url,
      permissions: ['clipboard-read', 'clipboard-write'],
      reducedMotion: 'reduce',
    })
    page = await context.newPage()
  })
  test.afterAll(async () => {
    await page.context().close()
    await server.stop()
    await models.close()
  })

  test('by keyboard alone: from the first run to the first green execution', async () => {
    await page.goto('/first-run')
    await expect(page.getByRole('button', { name: 'Create owner' })).toBeEnabled()
    await tabTo(page, page.getByLabel('E-mail'))
    await page.keyboard.type(owner.email)
    await tabTo(page, page.getByLabel('Password'))
    await page.keyboard.type(owner.password)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'No workflows yet' })).toBeVisible()
    await tabTo(page, page.getByRole('button', { name: 'New workflow' }))
    const name = page.getByRole('dialog', { name: 'New workflow' }).getByLabel('Name')
    await expect(async () => {
      await page.keyboard.press('Enter')
      await expect(name).toBeFocused({ timeout: 2_000 })
    }).toPass()
    await page.keyboard.type('First steps')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'This workflow has no blocks yet' })).toBeVisible()

    const search = page.getByRole('searchbox', { name: 'Search blocks' })
    // The editor listens a moment after it is drawn.
    await expect(async () => {
      if (!(await search.evaluate((element) => element === document.activeElement))) await page.keyboard.press('a')
      await expect(search).toBeFocused({ timeout: 2_000 })
    }).toPass({ timeout: 30_000 })
    for (const [typed, added] of [
      ['start', 'Start'],
      ['code', 'Code'],
      ['resp', 'Response'],
    ] as const) {
      await page.keyboard.press('Control+a')
      await page.keyboard.type(typed)
      await page.keyboard.press('Enter')
      await expect(block(page, added)).toBeVisible()
    }
    await page.keyboard.press('Tab')
    await page.keyboard.press('o')
    await expect(line(page, /^Start/)).toBeFocused()
    for (const [from, to] of [
      ['Start', 'Code'],
      ['Code', 'Response'],
    ] as const) {
      await expect(line(page, new RegExp(`^${from}`))).toBeFocused()
      await page.keyboard.press('c')
      const dialog = page.getByRole('dialog', { name: `Connections of ${from}` })
      await tabTo(page, dialog.getByLabel('Connect to'))
      await page.keyboard.type(to)
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await expect(dialog.getByRole('button', { name: `Remove the connection to ${to}` })).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(line(page, new RegExp(`^${from}`))).toBeFocused()
      await page.keyboard.press('ArrowDown')
    }
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await expect(settings(page).getByRole('textbox', { name: 'Name' })).toBeFocused()
    await tabTo(page, settings(page).getByLabel('Language'))
    await page.keyboard.type('javascript')
    await expect(settings(page).getByLabel('Language')).toHaveValue('javascript')
    await tabTo(page, settings(page).getByRole('textbox', { name: 'Code' }))
    await page.keyboard.type('return "Hello " + Start.output.name')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+Enter')
    const input = page.getByRole('form', { name: 'Run the workflow' }).getByRole('textbox')
    await tabTo(page, input)
    await page.keyboard.press('Control+a')
    await page.keyboard.type('{"name": "Ada"}')
    await page.keyboard.press('Control+Enter')
    await expect(run(page)).toHaveText('Completed')
    for (const done of [/^Start.*Done/, /^Code.*Done/, /^Response.*Done/]) await expect(line(page, done)).toBeVisible()
    await expect(page.getByRole('log', { name: 'Run events' })).toContainText('Response done')
    const output = page.getByRole('region', { name: 'Runs and problems' }).getByRole('group', { name: 'Output' })
    await expect(output).toContainText('Hello Ada')
    await lookAt(page, 'keyboard-journey')
  })

  test('the first example of the guide is drawn: start, an agent that summarises, a response', async () => {
    await openNew(page, 'Summaries')
    const canvas = page.getByRole('application', { name: 'Graph' })
    for (const [title, x] of [
      ['Start', 150],
      ['Agent', 430],
      ['Response', 700],
    ] as const) {
      await page.getByRole('button', { name: `Add ${title}` }).dragTo(canvas, { targetPosition: { x, y: 250 } })
      await expect(block(page, title)).toBeVisible()
    }
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await connect(page, 'Start', 'output', 'Agent')
    await connect(page, 'Agent', 'output', 'Response')
    await block(page, 'Agent').click()
    await settings(page)
      .getByRole('textbox', { name: /^Prompt/ })
      .fill('Summarise {{variables.text}}')
    await settings(page)
      .getByRole('textbox', { name: /^Model/ })
      .fill('test-model')
    await block(page, 'Response').click()
    await settings(page).getByRole('textbox', { name: 'Output' }).fill('<Agent.output>')
    models.script({ text: 'Short and good.' })
    await page.keyboard.press('Escape')
    await page.getByRole('main').getByRole('button', { name: 'Run', exact: true }).first().click()
    await page.getByRole('form', { name: 'Run the workflow' }).getByRole('textbox').fill('{"text": "a long story"}')
    await page.getByRole('button', { name: 'Run now' }).click()
    await expect(run(page)).toHaveText('Completed')
    for (const name of ['Start', 'Agent', 'Response']) await expect(block(page, name).getByText('Done')).toBeVisible()
    expect(JSON.stringify(models.calls[0]?.body)).toContain('Summarise a long story')
    const { edges } = await saved(page)
    expect(edges).toHaveLength(2)
    await page.screenshot({ path: 'e2e/screenshots/agent-journey-light.png' })
  })

  test('a condition leads two ways, and what fails leads a third', async () => {
    await openNew(page, 'Stock', {
      blocks: [
        { id: 's', type: 'starter', name: 'Start', position: { x: 0, y: 100 } },
        {
          id: 'c',
          type: 'condition',
          name: 'Many?',
          position: { x: 320, y: 100 },
          config: { branches: [{ expression: 'Start.output.count > 10' }] },
        },
        {
          id: 'f',
          type: 'code',
          name: 'Order',
          position: { x: 640, y: 0 },
          config: { language: 'javascript', code: 'throw new Error("out of stock")' },
        },
        { id: 'e', type: 'response', name: 'Sorry', position: { x: 960, y: 80 }, config: { output: '<Order.error>' } },
        { id: 'n', type: 'response', name: 'Enough', position: { x: 640, y: 240 }, config: { output: 'enough' } },
      ],
      edges: [],
    })
    await connect(page, 'Start', 'output', 'Many?')
    await connect(page, 'Many?', 'if', 'Order')
    await connect(page, 'Many?', 'else', 'Enough')
    await connect(page, 'Order', 'error', 'Sorry')
    for (const edge of ['From Many? (if) to Order', 'From Many? (else) to Enough', 'From Order (error) to Sorry'])
      await expect(page.getByRole('group', { name: edge })).toBeAttached()
    const output = page.getByRole('region', { name: 'Runs and problems' }).getByRole('group', { name: 'Output' })
    await page.getByRole('main').getByRole('button', { name: 'Run', exact: true }).first().click()
    const form = page.getByRole('form', { name: 'Run the workflow' })
    await form.getByRole('textbox').fill('{"count": 20}')
    await page.getByRole('button', { name: 'Run now' }).click()
    await expect(output).toContainText('out of stock')
    await expect(block(page, 'Order').getByText('Failed')).toBeVisible()
    await expect(block(page, 'Enough').getByText('Skipped')).toBeVisible()
    await form.getByRole('textbox').fill('{"count": 2}')
    await page.getByRole('button', { name: 'Run now' }).click()
    await expect(output).toContainText('enough')
    await expect(block(page, 'Order').getByText('Skipped')).toBeVisible()
    await page.screenshot({ path: 'e2e/screenshots/branches-journey-light.png' })
  })

  test('blocks are copied into another workflow; a webhook gets credentials of its own there', async () => {
    const blocks = [
      { id: 'w', type: 'webhook', name: 'Hook', config: { webhook_id: crypto.randomUUID(), webhook_secret: 'kept' } },
      { id: 'r', type: 'response', name: 'Thanks', position: { x: 320, y: 0 } },
    ]
    await openNew(page, 'Copied from', { blocks, edges: [{ source: 'w', target: 'r' }] })
    await block(page, 'Hook').click()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Control+c')
    await openNew(page, 'Copied to')
    await page.getByRole('application', { name: 'Graph' }).click({ position: { x: 300, y: 120 } })
    await page.keyboard.press('Control+v')
    await expect(block(page, 'Thanks')).toBeVisible()
    await expect.poll(async () => (await saved(page)).edges.length).toBe(1)
    const hook = (await saved(page)).blocks.find(({ name }) => name === 'Hook')
    expect(hook?.config['webhook_id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(hook?.config['webhook_id']).not.toBe(blocks[0]?.config?.webhook_id)
    expect(hook?.config['webhook_secret']).not.toBe('kept')
    const notes = [{ id: 'n', text: 'Mind this', position: { x: 0, y: 320 } }]
    const file = await page.evaluateHandle((content) => {
      const data = new DataTransfer()
      data.items.add(new File([content], 'shop.json', { type: 'application/json' }))
      return data
    }, JSON.stringify({ blocks, notes }))
    await page.dispatchEvent('[aria-label="Graph"]', 'drop', { dataTransfer: file, clientX: 640, clientY: 240 })
    await expect(block(page, 'Thanks 2')).toBeVisible()
    await expect(page.getByText('Mind this')).toBeVisible()
    const isLeftToTheBrowser = await page.getByRole('button', { name: 'Add Start' }).evaluate((button, data) => {
      const drop = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data })
      return button.dispatchEvent(drop)
    }, file)
    expect(isLeftToTheBrowser, 'a file that misses the canvas').toBe(false)
  })

  test('fifty edits of many kinds are undone to the start and redone to the end', async () => {
    await openNew(page, 'Fifty', { blocks: [{ id: 'first', type: 'code', name: 'First' }], edges: [] })
    const before = await saved(page)
    let edits = 0
    const edit = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key)
      edits++
    }
    await block(page, 'First').click()
    for (let round = 1; round <= 7; round++) {
      await edit('Control+d')
      await expect(page.locator('.react-flow__node.selected')).toHaveCount(1)
      await page.keyboard.press('F2')
      await page.getByRole('textbox', { name: 'Name of the block' }).fill(`Copy ${round}`)
      await edit('Enter')
      await expect(block(page, `Copy ${round}`)).toBeFocused()
      await edit('ArrowDown')
      await edit('e')
      await edit('e')
      await edit('ArrowRight')
      if (round % 2 === 0) await edit('Delete')
      else await edit('ArrowRight')
      await block(page, 'First').click()
    }
    await edit('e')
    expect(edits).toBe(50)
    const after = await saved(page)
    const undo = page.getByRole('button', { name: /^Undo/ })
    for (let count = 0; count < 50; count++) await page.keyboard.press('Control+z')
    await expect(undo).toBeDisabled()
    await expect.poll(async () => (await saved(page)).blocks).toEqual(before.blocks)
    for (let count = 0; count < 50; count++) await page.keyboard.press('Control+Shift+z')
    await expect(page.getByRole('button', { name: /^Redo/ })).toBeDisabled()
    await expect.poll(async () => (await saved(page)).blocks).toEqual(after.blocks)
  })

  test('a workflow that leaves as a file and comes back is the same, credentials aside', async () => {
    await page.goto('/')
    const exporting = page.getByRole('menuitem', { name: 'Export as a file' })
    await clickUntil(page.getByRole('button', { name: 'Actions for Copied from' }), exporting)
    const [download] = await Promise.all([page.waitForEvent('download'), exporting.click()])
    const text = readFileSync(await download.path(), 'utf8').replace('"Copied from"', '"Come back"')
    const transfer = await page.evaluateHandle((content) => {
      const data = new DataTransfer()
      data.items.add(new File([content], 'back.json', { type: 'application/json' }))
      return data
    }, text)
    await page.dispatchEvent('main', 'drop', { dataTransfer: transfer })
    await page.getByRole('link', { name: 'Come back', exact: true }).click()
    await expect(block(page, 'Thanks')).toBeVisible()
    const back = await saved(page)
    await page.goto('/')
    await page.getByRole('link', { name: 'Copied from', exact: true }).click()
    await expect(block(page, 'Thanks')).toBeVisible()
    const original = await saved(page)
    const plain = ({ blocks, edges }: Saved) => ({
      edges,
      blocks: blocks.map((one) => ({ ...one, config: one.type === 'webhook' ? null : one.config })),
    })
    expect(plain(back)).toEqual(plain(original))
    expect(back.blocks[0]?.config['webhook_id']).not.toBe(original.blocks[0]?.config['webhook_id'])
  })
})

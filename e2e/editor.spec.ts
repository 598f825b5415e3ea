import { expect, test, type Page } from '@playwright/test'
import { block, boxOf, connect, drawEdge, isWithin, middleOf, saving, settings } from './editing'
import { lookAt } from './screen'
import { startServer, type TestServer } from '../test/server'

const owner = { email: 'ada@example.com', password: 'difference engine' }

test.describe.configure({ mode: 'serial' })

test.describe('the editor', () => {
  let server: TestServer
  let page: Page
  const complaints: string[] = []

  test.beforeAll(async ({ browser }) => {
    // The first start may have to build.
    test.setTimeout(300_000)
    server = await startServer()
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      baseURL: server.url,
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    await page.goto('/first-run')
    await page.getByLabel('E-mail').fill(owner.email)
    await page.getByLabel('Password').fill(owner.password)
    await page.getByRole('button', { name: 'Create owner' }).click()
    await expect(page.getByRole('heading', { name: 'No workflows yet' })).toBeVisible()
    const made = await page.request.post('/api/workflows', { data: { name: 'Greeter' } })
    // The contract of POST /api/workflows.
    const { id } = (await made.json()) as { id: string }
    await page.goto(`/workflows/${id}`)
  })
  test.afterAll(async () => {
    await page.context().close()
    await server.stop()
  })

  test('an empty workflow says what to do, and opening it saves nothing', async () => {
    await expect(page.getByRole('heading', { name: 'This workflow has no blocks yet' })).toBeVisible()
    await expect(saving(page)).toHaveText('Saved')
    await expect(page.getByText('Version 0')).toBeVisible()
    await lookAt(page)
  })

  test('blocks are dragged from the palette, found by name, and saved by themselves', async () => {
    const canvas = page.getByRole('application', { name: 'Graph' })
    const pane = await boxOf(canvas)
    for (const [name, x] of [
      ['Start', 180],
      ['Code', 480],
    ] as const) {
      await page.getByRole('button', { name: `Add ${name}` }).dragTo(canvas, { targetPosition: { x, y: 200 } })
      await expect(settings(page).getByRole('textbox', { name: 'Name' })).toHaveValue(name)
      const card = await boxOf(block(page, name))
      // It stays under the pointer, but for the step of the grid.
      expect(Math.abs(card.x + card.width / 2 - pane.x - x)).toBeLessThan(8)
      expect(Math.abs(card.y + 30 - pane.y - 200)).toBeLessThan(8)
    }
    const { width } = await boxOf(block(page, 'Code'))
    await page.getByRole('searchbox', { name: 'Search blocks' }).fill('resp')
    await page.getByRole('searchbox', { name: 'Search blocks' }).press('Enter')
    await page.getByRole('searchbox', { name: 'Search blocks' }).fill('')
    // Its place was out of view.
    await expect.poll(() => isWithin(block(page, 'Response'), canvas)).toBe(true)
    expect((await boxOf(block(page, 'Code'))).width, 'the view is not zoomed').toBeCloseTo(width, 1)
    for (const name of ['Start', 'Code', 'Response']) await expect(block(page, name)).toBeVisible()
    await expect(saving(page)).toHaveText('Saved')
    await expect(page.getByText(/Version [1-9]/)).toBeVisible()
  })

  test('edges are drawn from handle to block, and a refused one says why', async () => {
    await page.getByRole('button', { name: 'Fit the whole graph' }).click()
    await connect(page, 'Start', 'output', 'Code')
    await connect(page, 'Code', 'output', 'Response')
    const circle = page.getByText('This would close a circle: Code → Response → Code.')
    await drawEdge(page, { from: 'Response', handle: 'output', to: 'Code', until: circle })
    const trigger = page.getByText(/Start is a trigger/)
    await drawEdge(page, { from: 'Code', handle: 'output', to: 'Start', until: trigger })
  })

  test('a block is configured: code with highlighting, a reference picked by its name', async () => {
    await block(page, 'Code').click()
    await settings(page).getByLabel('Language').selectOption('javascript')
    await settings(page).getByRole('textbox', { name: 'Code' }).click()
    await page.keyboard.type('return { greeting: "Hello " + Start.output.name }')
    await page.keyboard.press('Escape')
    await settings(page).getByRole('textbox', { name: 'Name' }).fill('Greet')
    await settings(page).getByRole('textbox', { name: 'Name' }).press('Enter')
    await block(page, 'Response').click()
    await settings(page).getByRole('textbox', { name: 'Output' }).click()
    await page.keyboard.type('<')
    await expect(page.getByRole('option', { name: /Result Greet/ })).toBeVisible()
    await lookAt(page)
    await page.keyboard.press('Enter')
    await expect(settings(page).getByRole('textbox', { name: 'Output' })).toHaveValue('<Greet.output>')
    await expect(saving(page)).toHaveText('Saved')
  })

  test('reloading keeps everything', async () => {
    await page.reload()
    await expect(block(page, 'Greet')).toBeVisible()
    await block(page, 'Response').click()
    await expect(settings(page).getByRole('textbox', { name: 'Output' })).toHaveValue('<Greet.output>')
    await expect(page.getByRole('group', { name: 'From Greet to Response' })).toBeAttached()
  })

  test('the workflow runs with an input, every block turns green, and its data is shown', async () => {
    await page.getByRole('main').getByRole('button', { name: 'Run', exact: true }).first().click()
    await page.getByRole('textbox', { name: 'Input' }).fill('{ "name": "Ada" }')
    await page.getByRole('button', { name: 'Run now' }).click()
    await expect(page.getByRole('status', { name: 'Run' })).toHaveText('Completed')
    for (const name of ['Start', 'Greet', 'Response']) await expect(block(page, name).getByText('Done')).toBeVisible()
    const runs = page.getByRole('region', { name: 'Runs and problems' })
    await expect(runs.getByRole('group', { name: 'Output', exact: true })).toContainText('Hello Ada')
    await block(page, 'Greet').click()
    await page.getByRole('tab', { name: 'Data' }).click()
    await expect(settings(page).getByRole('group', { name: 'Output', exact: true })).toContainText('Hello Ada')
    await lookAt(page)
    await page.getByRole('button', { name: 'Close the panel' }).click()
  })

  test('the input of the last run is offered again', async () => {
    await page.reload()
    await expect(block(page, 'Greet')).toBeVisible()
    await page.keyboard.press('Control+Enter')
    const form = page.getByRole('form', { name: 'Run the workflow' })
    await expect(form.getByLabel('name')).toHaveValue('Ada')
    await expect(page.getByRole('button', { name: 'Run now' })).toBeFocused()
  })

  test('a field that holds no value of its kind keeps the run from starting', async () => {
    const form = page.getByRole('form', { name: 'Run the workflow' })
    await form.getByRole('button', { name: 'As JSON' }).click()
    await form.getByRole('textbox', { name: 'Input' }).fill('{"name": "Eve", "count": 3, "list": [1]}')
    await form.getByRole('button', { name: 'As JSON' }).click()
    for (const [field, wrong, right] of [
      ['count', '', '4'],
      ['list', '[1, ', '[1, 2]'],
    ] as const) {
      await form.getByLabel(field).fill(wrong)
      await page.getByRole('button', { name: 'Run now' }).click()
      await expect(form.getByLabel(field)).toBeFocused()
      await expect(page.getByRole('status', { name: 'Run' })).toBeEmpty()
      await form.getByLabel(field).fill(right)
    }
    await form.getByLabel('list').press('Control+Enter')
    await expect(page.getByRole('status', { name: 'Run' })).toHaveText('Completed')
    await page.getByRole('button', { name: 'Close the panel' }).click()
  })

  test('a panel that opens over the chosen block pushes it aside, and moves nothing else', async () => {
    const canvas = page.getByRole('application', { name: 'Graph' })
    const form = page.getByRole('form', { name: 'Run the workflow' })
    await expect(form).toBeHidden()
    const [pane, card] = [await boxOf(canvas), await boxOf(block(page, 'Response'))]
    // The block goes where both panels will be, clear of the overview of the graph.
    const way = {
      x: pane.x + pane.width - 20 - card.x - card.width,
      y: pane.y + pane.height - 150 - card.y - card.height,
    }
    const hold = { x: pane.x + 60, y: pane.y + 60 }
    await page.mouse.move(hold.x, hold.y)
    await page.mouse.down()
    await page.mouse.move(hold.x + way.x, hold.y + way.y, { steps: 5 })
    await page.mouse.up()
    await block(page, 'Response').click()
    await expect(settings(page)).toBeVisible()
    await expect.poll(() => isWithin(block(page, 'Response'), canvas)).toBe(true)
    await page.keyboard.press('Control+Enter')
    await expect(form).toBeVisible()
    await expect.poll(() => isWithin(block(page, 'Response'), canvas)).toBe(true)
    const moved = await boxOf(block(page, 'Response'))
    expect(moved.width, 'the view is not zoomed').toBeCloseTo(card.width, 1)
    await page.getByRole('button', { name: 'Close the panel' }).click()
    await expect(form).toBeHidden()
    expect(await boxOf(block(page, 'Response'))).toEqual(moved)
    await page.getByRole('button', { name: 'Fit the whole graph' }).click()
  })

  test('a graph that is seen whole is seen whole above the panel that opens', async () => {
    const canvas = page.getByRole('application', { name: 'Graph' })
    const areSeen = async () =>
      (await Promise.all(['Start', 'Greet', 'Response'].map((name) => isWithin(block(page, name), canvas)))).every(
        Boolean,
      )
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Fit the whole graph' }).click()
    await expect.poll(areSeen).toBe(true)
    const { height } = await boxOf(canvas)
    await page.getByRole('main').getByRole('button', { name: 'Run', exact: true }).first().click()
    await expect.poll(async () => (await boxOf(canvas)).height).toBeLessThan(height)
    await expect.poll(areSeen).toBe(true)
    await page.getByRole('button', { name: 'Close the panel' }).click()
  })

  test('steps are undone and redone, one for each gesture', async () => {
    await page.getByRole('button', { name: 'Add Condition' }).click()
    await expect(block(page, 'Condition')).toBeVisible()
    await page.getByRole('textbox', { name: 'Branches: if' }).pressSequentially('Start.output.name == "Ada"')
    await expect(block(page, 'Condition')).toContainText('Start.output.name')
    // In the field too: not key by key.
    await page.keyboard.press('Control+z')
    await expect(page.getByRole('textbox', { name: 'Branches: if' })).toHaveValue('')
    await block(page, 'Condition').click()
    await expect(block(page, 'Condition')).not.toContainText('Start.output.name')
    await page.keyboard.press('Control+z')
    await expect(block(page, 'Condition')).toBeHidden()
    await page.keyboard.press('Control+Shift+z')
    await page.keyboard.press('Control+Shift+z')
    await expect(block(page, 'Condition')).toContainText('Start.output.name')
    await expect(saving(page)).toHaveText('Saved')
  })

  test('blocks are copied, pasted under free names, renamed in place, disabled and deleted by keyboard', async () => {
    await block(page, 'Greet').click()
    await page.keyboard.press('Control+c')
    await page.keyboard.press('Control+v')
    await expect(block(page, 'Greet 2')).toBeVisible()
    await page.keyboard.press('F2')
    await page.getByRole('textbox', { name: 'Name of the block' }).fill('Wave')
    await page.keyboard.press('Enter')
    await expect(block(page, 'Wave')).toBeFocused()
    await page.keyboard.press('e')
    await expect(block(page, 'Wave')).toContainText('Disabled')
    await page.keyboard.press('Delete')
    await expect(block(page, 'Wave')).toBeHidden()
  })

  test('what a box was drawn around is copied, and no text of the page with it', async () => {
    await page.getByRole('button', { name: 'Fit the whole graph' }).click()
    await page.getByText('Saved').click()
    const pane = await boxOf(page.getByRole('application', { name: 'Graph' }))
    await page.keyboard.down('Shift')
    await page.mouse.move(pane.x + 8, pane.y + 8)
    await page.mouse.down()
    await page.mouse.move(pane.x + pane.width - 60, pane.y + pane.height - 8, { steps: 5 })
    await page.mouse.up()
    await page.keyboard.up('Shift')
    await expect(block(page, 'Greet')).toHaveClass(/selected/)
    expect(await page.evaluate(() => document.getSelection()?.toString())).toBe('')
    await page.keyboard.press('Escape')
  })

  test('a problem leads to its field', async () => {
    await page.getByRole('button', { name: 'Add HTTP request' }).click()
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await page.getByRole('button', { name: /problem/ }).click()
    await page.getByRole('button', { name: /fill url/ }).click()
    await expect(settings(page).getByLabel('URL')).toBeFocused()
    await lookAt(page)
  })

  test('a dropped webhook has credentials of its own, which stay hidden', async () => {
    await page.getByRole('button', { name: 'Add Webhook' }).click()
    const secret = settings(page).getByRole('textbox', { name: 'Secret' })
    await expect(secret).toHaveValue(/^•+$/)
    await settings(page).getByRole('button', { name: 'Show: Secret' }).click()
    await expect(secret).toHaveValue(/^[0-9a-f-]{36}$/)
  })

  test('the context menu inserts a block on an edge', async () => {
    await page.getByRole('button', { name: 'Fit the whole graph' }).click()
    await page.getByRole('group', { name: 'From Start to Greet' }).focus()
    await page.keyboard.press('Enter')
    const edge = page.getByRole('group', { name: 'From Start to Greet' }).locator('.react-flow__edge-interaction')
    const insert = page.getByRole('menuitem', { name: 'Insert a block…' })
    // Again where the graph was still moving into view.
    await expect(async () => {
      const { x, y } = await middleOf(edge)
      await page.mouse.click(x, y, { button: 'right' })
      await expect(insert).toBeVisible({ timeout: 2_000 })
    }).toPass({ timeout: 30_000 })
    await insert.click()
    await page.getByRole('dialog', { name: 'Add a block' }).getByPlaceholder('Search blocks').fill('split')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('group', { name: 'From Split to Greet' })).toBeAttached()
    await expect(page.getByRole('group', { name: 'From Start to Split' })).toBeAttached()
  })

  test('seen from afar, edges are a picture, and those of a selected block are still worked with', async () => {
    const edge = (name: string) => page.getByRole('group', { name })
    await page.getByRole('button', { name: 'Fit the whole graph' }).click()
    await expect(edge('From Greet to Response')).toBeAttached()
    await expect(async () => {
      await page.getByRole('button', { name: 'Zoom out' }).click()
      await expect(page.locator('.canvas-far-edges path').first()).toBeAttached({ timeout: 500 })
    }).toPass()
    await expect(edge('From Greet to Response')).toHaveCount(0)
    await block(page, 'Response').click()
    await expect(edge('From Greet to Response')).toBeAttached()
    await page.getByRole('button', { name: 'Fit the whole graph' }).click()
    await expect(edge('From Start to Split')).toBeAttached()
  })

  test('somebody else’s save is noticed and merged, never overwritten', async () => {
    await expect(saving(page)).toHaveText('Saved')
    const path = `/api${new URL(page.url()).pathname}`
    // The contract of GET /api/workflows/{id}.
    const graph = (await (await page.request.get(path)).json()) as { blocks: { name: string }[]; edges: object[] }
    const blocks = graph.blocks.map((one) => (one.name === 'Response' ? { ...one, name: 'Answer' } : one))
    await page.request.put(`${path}/graph`, { data: { blocks, edges: graph.edges } })
    await page.getByRole('button', { name: 'Add Agent' }).click()
    await expect(page.getByText('Somebody saved a newer version')).toBeVisible()
    await page.getByRole('button', { name: 'Merge' }).click()
    await expect(block(page, 'Answer')).toBeVisible()
    await expect(block(page, 'Agent')).toBeVisible()
    await expect(saving(page)).toHaveText('Saved')
  })

  test('a slow run is cancelled, and its work stops', async () => {
    const made = await page.request.post('/api/workflows', { data: { name: 'Slow' } })
    const { id } = (await made.json()) as { id: string }
    const config = { language: 'javascript', code: 'while (true) {}', timeout_ms: 120_000 }
    const blocks = [
      { id: 's', type: 'starter', name: 'Start' },
      { id: 'c', type: 'code', name: 'Turn for ever', config },
    ]
    await page.request.put(`/api/workflows/${id}/graph`, { data: { blocks, edges: [{ source: 's', target: 'c' }] } })
    await page.goto(`/workflows/${id}`)
    await block(page, 'Turn for ever').click()
    await page.keyboard.press('Control+Enter')
    await expect(settings(page), 'the block stays selected').toBeVisible()
    await page.getByRole('button', { name: 'Run now' }).click()
    await expect(block(page, 'Turn for ever').getByText('Running')).toBeVisible()
    await page.getByRole('button', { name: 'Cancel the run' }).click()
    await expect(page.getByRole('status', { name: 'Run' })).toHaveText('Cancelled')
    await expect(block(page, 'Turn for ever').getByText('Cancelled')).toBeVisible()
  })

  test('on a narrow window the graph is for looking at', async () => {
    await page.setViewportSize({ width: 900, height: 700 })
    await expect(page.getByText('This window is too narrow to edit in')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Add Start' })).toBeHidden()
    await lookAt(page)
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  test('no script was refused and nothing failed on the way', () => {
    // The browser notes the refused save of the conflict.
    expect(complaints.filter((note) => !note.includes('status of 409'))).toEqual([])
  })
})

import { gzipSync } from 'node:zlib'
import { expect, test, type Page } from '@playwright/test'
import { block, boxOf, line, middleOf, openNew, saved, saving, settings } from './editing'
import { clickUntil, lookAt } from './screen'
import { startServer, type TestServer } from '../test/server'

const owner = { email: 'ada@example.com', password: 'difference engine' }

test.describe.configure({ mode: 'serial' })

test.describe('around the graph', () => {
  let server: TestServer
  let page: Page

  test.beforeAll(async ({ browser }) => {
    test.setTimeout(300_000)
    server = await startServer({
      env: {
        SLUICE_OWNER_EMAIL: owner.email,
        SLUICE_OWNER_PASSWORD: owner.password,
        SLUICE_ALLOW_PRIVATE_HOSTS: 'erp.internal:8443,10.20.0.0/16',
        SLUICE_RETENTION_DAYS: '30',
      },
    })
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      baseURL: server.url,
      reducedMotion: 'reduce',
    })
    page = await context.newPage()
    await page.goto('/sign-in')
    await page.getByLabel('E-mail').fill(owner.email)
    await page.getByLabel('Password').fill(owner.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('heading', { name: 'No workflows yet' })).toBeVisible()
  })
  test.afterAll(async () => {
    await page.context().close()
    await server.stop()
  })

  test('two tabs edit one workflow: nothing is overwritten, and whoever comes second chooses', async () => {
    await openNew(page, 'Shared', { blocks: [{ id: 'a', type: 'code', name: 'Mine or yours' }], edges: [] })
    const other = await page.context().newPage()
    let open = () => {}
    const held = new Promise<void>((resolve) => (open = resolve))
    // The other tab's save is on its way while this one lands.
    await other.route('**/graph', async (route) => {
      await held
      await route.continue()
    })
    await other.goto(page.url())
    await block(other, 'Mine or yours').click()
    await settings(other).getByRole('textbox', { name: 'Name' }).fill('Yours')
    await settings(other).getByRole('textbox', { name: 'Name' }).press('Enter')
    await expect(saving(other)).toHaveText('Saving…')
    await block(page, 'Mine or yours').click()
    await settings(page).getByRole('textbox', { name: 'Name' }).fill('Mine')
    await settings(page).getByRole('textbox', { name: 'Name' }).press('Enter')
    await expect.poll(async () => (await saved(page)).blocks[0]?.name).toBe('Mine')
    open()
    await expect(other.getByText('both of you changed the same place')).toBeVisible()
    await expect(block(other, 'Yours')).toBeVisible()
    await other.getByRole('button', { name: 'Load theirs' }).click()
    await expect(block(other, 'Mine')).toBeVisible()
    await other.getByRole('button', { name: /^Undo/ }).click()
    await expect(block(other, 'Yours')).toBeVisible()
    await expect(page.getByText('Somebody saved a newer version of this workflow.')).toBeVisible()
    await page.getByRole('button', { name: 'Load theirs' }).click()
    await expect(block(page, 'Yours')).toBeVisible()
    await other.close()
  })

  test('without a connection editing goes on, and what was edited is saved once it is back', async () => {
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Add Response' }).click()
    await expect(saving(page)).toHaveText('Not saved: no connection')
    await expect(page.getByText('Your edits are kept here')).toBeVisible()
    await page.getByRole('button', { name: 'Add Split' }).click()
    await lookAt(page, 'offline')
    await page.context().setOffline(false)
    await expect
      .poll(async () => (await saved(page)).blocks.map(({ name }) => name), { timeout: 60_000 })
      .toEqual(['Yours', 'Response', 'Split'])
  })

  test('notes are written, moved, resized, kept and taken away', async () => {
    await page.getByRole('application', { name: 'Graph' }).click({ position: { x: 300, y: 90 } })
    await page.keyboard.press('n')
    await expect(page.getByRole('textbox', { name: 'Text of the note' })).toBeFocused()
    await page.keyboard.type('Ask Bea before this goes live')
    await page.keyboard.press('Escape')
    const note = page.getByRole('group', { name: 'Note: Ask Bea before this goes live' })
    await expect(note).toBeFocused()
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('ArrowDown')
    const from = await middleOf(note)
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(from.x + 96, from.y + 160, { steps: 6 })
    await page.mouse.up()
    await expect.poll(async () => (await saved(page)).notes[0]?.size).toEqual({ width: 232, height: 128 })
    await lookAt(page, 'notes')
    const place = (await saved(page)).notes[0]?.position
    await page.reload()
    await expect(note).toBeVisible()
    expect((await saved(page)).notes[0]?.position).toEqual(place)
    await note.focus()
    await page.keyboard.press('Delete')
    await expect(note).toBeHidden()
    await page.keyboard.press('Control+z')
    await expect(note).toBeVisible()
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(async () => (await saved(page)).notes).toEqual([])
  })

  test('in the outline everything on the canvas is done by keyboard', async () => {
    await openNew(page, 'Outlined', {
      blocks: [
        { id: 's', type: 'starter', name: 'Begin' },
        {
          id: 'c',
          type: 'condition',
          name: 'Many?',
          position: { x: 320, y: 0 },
          config: { branches: [{ expression: '1 == 1' }] },
        },
        { id: 'y', type: 'split', name: 'Yes', position: { x: 640, y: -80 } },
        { id: 'n', type: 'split', name: 'No', position: { x: 640, y: 80 } },
      ],
      edges: [
        { source: 's', target: 'c' },
        { source: 'c', target: 'y', sourceHandle: 'if' },
        { source: 'c', target: 'n', sourceHandle: 'else' },
      ],
    })
    await clickUntil(page.getByRole('button', { name: 'Outline', exact: true }), page.getByRole('tree'))
    await line(page, /Begin/).focus()
    await page.keyboard.press('ArrowDown')
    await expect(line(page, /Many/)).toBeFocused()
    await expect(line(page, /Yes/)).toBeVisible()
    await page.keyboard.press('ArrowLeft')
    await expect(line(page, /Yes/)).toBeHidden()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await expect(line(page, /if Yes/)).toBeFocused()
    await page.keyboard.press('F2')
    await expect(page.getByRole('tree').getByRole('textbox', { name: 'Name of the block' })).toBeFocused()
    await page.keyboard.type('Surely')
    await page.keyboard.press('Enter')
    await expect(line(page, /if Surely/)).toBeFocused()
    await page.keyboard.press('e')
    await expect(line(page, /Surely.*Disabled/)).toBeFocused()
    await page.keyboard.press('Control+d')
    await expect(line(page, /Surely 2/)).toBeFocused()
    await line(page, /if Surely/).focus()
    await page.keyboard.press('i')
    await page.getByPlaceholder('Search blocks').last().fill('resp')
    await expect(page.getByRole('option', { name: 'Response' })).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Enter')
    await expect(line(page, /Response/)).toBeFocused()
    await page.keyboard.press('Alt+ArrowDown')
    await page.keyboard.press('ArrowDown')
    await expect(line(page, /else No/)).toBeFocused()
    await lookAt(page, 'outline')
    await page.keyboard.press('x')
    await expect(line(page, /^No/)).toBeVisible()
    await line(page, /Surely 2/).focus()
    await page.keyboard.press('Delete')
    await expect(line(page, /Surely 2/)).toBeHidden()
    await expect(page.getByRole('treeitem').and(page.locator(':focus'))).toBeVisible()
    const { blocks, edges } = await saved(page)
    const nameOf = new Map(blocks.map(({ id, name }) => [id, name]))
    expect(edges.map(({ source, target }) => `${nameOf.get(source)} → ${nameOf.get(target)}`)).toEqual([
      'Begin → Many?',
      'Many? → Surely',
      'Surely → Response',
    ])
    await page
      .getByRole('group', { name: /^Actions for/ })
      .getByRole('button', { name: 'Open the settings' })
      .click()
    await expect(settings(page).getByRole('textbox', { name: 'Name' })).toBeFocused()
  })

  test('somebody who works in the dark chooses so, and the editor stays dark', async () => {
    await page.emulateMedia({ colorScheme: 'light' })
    await page.getByRole('button', { name: 'Theme' }).click()
    await page.getByRole('menuitemradio', { name: 'Dark' }).click()
    await page.reload()
    await expect(block(page, 'Begin')).toBeVisible()
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    await expect.poll(background).toBe('rgb(19, 20, 22)')
    await page.getByRole('button', { name: 'Deploy', exact: true }).click()
    await expect(page.getByRole('complementary', { name: 'Deploy and webhooks' })).toBeVisible()
    await lookAt(page, 'dark-journey')
    await page.getByRole('button', { name: 'Theme' }).click()
    await page.getByRole('menuitemradio', { name: 'As the system' }).click()
  })

  test('the command palette does what the editor can, and goes to a block by its name', async () => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Command palette' }).fill('outl')
    await page.getByRole('option', { name: /Show the outline/ }).click()
    await expect(line(page, /Begin/)).toBeFocused()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Command palette' }).fill('surely')
    await lookAt(page, 'palette-editor')
    await page.getByRole('option', { name: 'Go to Surely' }).click()
    await expect(block(page, 'Surely')).toHaveClass(/selected/)
  })

  test('a graph of hundreds of blocks opens fitted, a block of it is gone to, and all of it fitted again', async () => {
    const indexes = Array.from({ length: 240 }, (_, index) => index)
    await openNew(page, 'Large', {
      blocks: indexes.map((index) => ({
        id: `b${index}`,
        name: `Step ${index}`,
        type: index === 0 ? 'starter' : 'code',
        position: { x: (index % 24) * 352, y: Math.floor(index / 24) * 152 },
        config: {},
      })),
      edges: indexes.slice(1).map((index) => ({ source: `b${index - 1}`, target: `b${index}` })),
    })
    const cards = page.locator('.react-flow__node')
    await expect(cards).toHaveCount(indexes.length)
    await expect(block(page, 'Step 0')).toBeInViewport()
    await expect(block(page, 'Step 239')).toBeInViewport()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Command palette' }).fill('step 137')
    await page.getByRole('option', { name: 'Go to Step 137' }).click()
    await expect(block(page, 'Step 137')).toBeFocused()
    await expect(block(page, 'Step 137')).toBeInViewport({ ratio: 1 })
    await expect(page.getByRole('group', { name: 'From Step 136 to Step 137' })).toBeAttached()
    await expect(block(page, 'Step 239')).toHaveCount(0)
    // Held at the edge it moves the view along, far from where it stood.
    const held = await middleOf(block(page, 'Step 137'))
    const pane = await boxOf(page.getByRole('application', { name: 'Graph' }))
    await page.mouse.move(held.x, held.y)
    await page.mouse.down()
    await page.mouse.move(pane.x + pane.width - 8, held.y, { steps: 8 })
    await expect(block(page, 'Step 138')).toHaveCount(0)
    await page.mouse.move(pane.x + pane.width - 200, held.y, { steps: 4 })
    await expect(block(page, 'Step 137').locator('> div')).toBeInViewport({ ratio: 1 })
    await page.mouse.up()
    await expect(block(page, 'Step 137')).toBeInViewport({ ratio: 1 })
    await page.keyboard.press('Control+z')
    await page.getByRole('button', { name: 'Fit the whole graph' }).click()
    await expect(cards).toHaveCount(indexes.length)
    await expect(block(page, 'Step 0')).toBeInViewport()
    await expect(block(page, 'Step 239')).toBeInViewport()
  })

  test('the settings say where calls may go, and what is kept how long, workflow by workflow', async () => {
    await page.goto('/settings/outbound')
    await expect(page.getByRole('row', { name: /erp.internal:8443/ })).toContainText('8443')
    await expect(page.getByRole('row', { name: /10.20.0.0/ })).toContainText('Every port')
    await lookAt(page, 'outbound')
    await page.getByRole('link', { name: 'Retention' }).click()
    await expect(page.getByText('executions for 30 days.')).toBeVisible()
    const days = page.getByRole('dialog').getByLabel('Days')
    await clickUntil(page.getByRole('button', { name: 'Change what Outlined keeps' }), days)
    await days.fill('7')
    await page.getByLabel('Executions').fill('100')
    await lookAt(page, 'retention-change')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('row', { name: /Outlined/ })).toContainText(
      'executions for 7 days and of those the newest 100',
    )
    await page.getByRole('searchbox', { name: 'Search workflows by name' }).fill('shar')
    await page.getByRole('button', { name: 'Search' }).click()
    await expect(page.getByRole('row', { name: /Outlined/ })).toBeHidden()
    await expect(page.getByRole('row', { name: /Shared/ })).toContainText('As the installation')
    await lookAt(page, 'retention')
  })

  test('the editor comes with less than 450 kB of script, compressed', async () => {
    const fresh = await page.context().newPage()
    const sizes: Promise<number>[] = []
    fresh.on('response', (response) => {
      if (!new URL(response.url()).pathname.endsWith('.js')) return
      sizes.push(response.body().then((body) => gzipSync(body).length))
    })
    await openNew(fresh, 'Weighed', { blocks: [{ id: 's', type: 'starter', name: 'Begin' }], edges: [] })
    await expect(block(fresh, 'Begin')).toBeVisible()
    await fresh.waitForLoadState('networkidle')
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    await fresh.close()
    expect(total).toBeGreaterThan(100_000)
    expect(total).toBeLessThan(450_000)
  })
})

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test, type Page } from '@playwright/test'
import { block, openNew, saved, saving, settings } from './editing'
import { lookAt } from './screen'
import { startServer, type TestServer } from '../test/server'

const owner = { email: 'ada@example.com', password: 'difference engine' }

const panel = (page: Page) => page.getByRole('complementary', { name: 'Deploy and webhooks' })

/** Runs a command as a person pastes it into a terminal, and gives the answer's status and body. */
async function paste(command: string): Promise<{ status: number; body: unknown }> {
  const { stdout } = await promisify(execFile)('sh', ['-c', `${command} --silent --write-out '\\n%{http_code}'`])
  const lines = stdout.split('\n')
  return { status: Number(lines.at(-1)), body: JSON.parse(lines.slice(0, -1).join('\n')) as unknown }
}

const unpublished = (page: Page) => page.getByRole('button', { name: /unpublished change/ })

/** Deploys what differs from the live version, and waits until nothing does. */
async function deployDraft(page: Page): Promise<void> {
  await expect(unpublished(page)).toBeVisible()
  await panel(page).getByRole('button', { name: 'Deploy the draft' }).click()
  await expect(unpublished(page)).toBeHidden()
}

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText())

test.describe.configure({ mode: 'serial' })

test.describe('publishing a workflow', () => {
  let server: TestServer
  let page: Page
  let curl = ''
  const complaints: string[] = []

  test.beforeAll(async ({ browser }) => {
    test.setTimeout(300_000)
    const { email, password } = owner
    server = await startServer({ env: { SLUICE_OWNER_EMAIL: email, SLUICE_OWNER_PASSWORD: password } })
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      baseURL: server.url,
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    await page.goto('/sign-in')
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('heading', { name: 'No workflows yet' })).toBeVisible()
    await openNew(page, 'Orders in')
    await expect(page.getByRole('heading', { name: 'This workflow has no blocks yet' })).toBeVisible()
  })
  test.afterAll(async () => {
    await page.context().close()
    await server.stop()
  })

  test('a webhook is dropped on the canvas, and its panel offers the call ready to paste', async () => {
    const canvas = page.getByRole('application', { name: 'Graph' })
    await page.getByRole('button', { name: 'Add Webhook' }).dragTo(canvas, { targetPosition: { x: 160, y: 200 } })
    await page.getByRole('button', { name: 'Add Response' }).dragTo(canvas, { targetPosition: { x: 480, y: 200 } })
    await block(page, 'Webhook').click()
    await settings(page).getByLabel('Connect to').selectOption('Response')
    await settings(page).getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByRole('button', { name: 'Deploy', exact: true }).click()
    const hook = panel(page).getByRole('article', { name: 'Webhook' })
    await expect(hook).toContainText('Closed')
    await expect(hook.getByLabel('Secret', { exact: true })).toHaveText(/^•+$/)
    for (const title of ['fetch', 'Python', 'curl']) {
      await hook.getByRole('tab', { name: title }).click()
      await hook.getByRole('button', { name: `Copy as ${title}` }).click()
      await expect.poll(() => clipboard(page)).toMatch(/Bearer [0-9a-f-]{36}/)
    }
    curl = await clipboard(page)
    expect(curl).toContain('curl -X POST')
    await expect(saving(page)).toHaveText('Saved')
    expect((await paste(curl)).status, 'not armed yet').toBe(403)
  })

  test('armed, it waits for a call made with curl, shows what came in, and lets in no second one', async () => {
    await panel(page).getByRole('button', { name: 'Arm for one call' }).click()
    await expect(panel(page).getByRole('status')).toContainText('Waiting for a call')
    await expect(panel(page).getByRole('timer')).toHaveText(/^(10:00|9:\d\d)$/)
    await lookAt(page, 'publish-armed')
    expect(await paste(curl)).toMatchObject({ status: 200, body: { status: 'completed', output: { hello: 'world' } } })
    const caught = panel(page).getByRole('region', { name: 'The caught call' })
    await expect(caught).toContainText('Caught a POST call')
    await expect(caught.getByLabel('Body')).toContainText('"hello": "world"')
    await expect(caught).toContainText('Completed')
    for (const name of ['Webhook', 'Response']) await expect(block(page, name).getByText('Done')).toBeVisible()
    await lookAt(page, 'publish-caught')
    expect(await paste(curl)).toMatchObject({ status: 403, body: { error_code: 'WEBHOOK_NOT_ACTIVE' } })
  })

  test('an armed webhook is disarmed by hand', async () => {
    await panel(page).getByRole('button', { name: 'Arm again' }).click()
    await panel(page).getByRole('button', { name: 'Disarm' }).click()
    await expect(panel(page).getByRole('button', { name: 'Arm for one call' })).toBeVisible()
    expect((await paste(curl)).status).toBe(403)
  })

  test('a rotated secret kills the old one', async () => {
    await panel(page).getByRole('button', { name: 'Arm for one call' }).click()
    await expect(panel(page).getByRole('status')).toContainText('Waiting for a call')
    const secret = async () =>
      (await saved(page)).blocks.find(({ name }) => name === 'Webhook')?.config['webhook_secret']
    const before = await secret()
    await panel(page).getByRole('button', { name: 'Rotate…' }).click()
    await page.getByRole('button', { name: 'Rotate secret' }).click()
    // Not called before it is saved: the old secret would still be let in, and close the window.
    await expect.poll(secret).not.toBe(before)
    await expect.poll(async () => (await paste(curl)).status).toBe(401)
    await panel(page).getByRole('button', { name: 'Copy as curl' }).click()
    await expect.poll(() => clipboard(page)).not.toBe(curl)
    curl = await clipboard(page)
    expect((await paste(curl)).status).toBe(200)
    await expect(panel(page).getByRole('region', { name: 'The caught call' })).toBeVisible()
  })

  test('what is deployed stays as it is while the draft changes, and the difference is named', async () => {
    await panel(page).getByRole('button', { name: 'Deploy', exact: true }).click()
    await expect(panel(page).getByRole('heading', { name: /Version \d+ is live/ })).toBeVisible()
    await expect(panel(page).getByText('The draft does the same as the live version.')).toBeVisible()
    await expect(panel(page).getByRole('article', { name: 'Webhook' })).toContainText('Takes calls')
    await panel(page).getByRole('button', { name: 'Close the panel' }).click()
    await block(page, 'Response').click()
    await settings(page).getByRole('textbox', { name: 'Output' }).fill('thank you')
    await page.getByRole('button', { name: 'Add Code' }).click()
    await page.getByRole('button', { name: '2 unpublished changes' }).click()
    const changes = panel(page).getByRole('list', { name: 'What a deploy changes' })
    await expect(changes.getByRole('listitem')).toHaveText([/Code added/, /Response changed.*Output.*thank you/])
    await panel(page).getByRole('button', { name: 'Show on the canvas' }).click()
    await lookAt(page, 'publish-diff')
    await page.setViewportSize({ width: 1024, height: 768 })
    await expect(page.getByRole('main').getByRole('button', { name: 'Run', exact: true }).first()).toBeInViewport({
      ratio: 1,
    })
    await expect(page.getByRole('button', { name: '2 unpublished changes' })).toBeInViewport({ ratio: 1 })
    await page.screenshot({ path: 'e2e/screenshots/publish-narrow-light.png' })
    await page.setViewportSize({ width: 1440, height: 900 })
    await expect(saving(page)).toHaveText('Saved')
    expect(await paste(curl)).toMatchObject({ status: 200, body: { output: { hello: 'world' } } })
  })

  test('it is deployed again, and the old version is restored, deployed, and undone', async () => {
    await deployDraft(page)
    await expect(page.getByText('Changed', { exact: true }), 'no difference stays drawn').toHaveCount(0)
    expect(await paste(curl)).toMatchObject({ status: 200, body: { output: 'thank you' } })
    const versions = panel(page).getByRole('list', { name: 'Versions' })
    await expect(versions.getByRole('listitem').first()).toContainText(/Live.*Deployed just now by ada@example.com/)
    await versions
      .getByRole('button', { name: /^Compare version/ })
      .nth(1)
      .click()
    await expect(versions.getByRole('list', { name: /What restoring version/ }).getByRole('listitem')).toHaveText([
      /Response changed/,
      /Code removed/,
    ])
    await lookAt(page, 'publish-versions')
    await versions.getByRole('button', { name: /^Restore version/ }).click()
    await expect(block(page, 'Code')).toBeHidden()
    await page.getByRole('button', { name: /^Undo: Restore version/ }).click()
    await expect(block(page, 'Code')).toBeVisible()
    await page.getByRole('button', { name: /^Redo: Restore version/ }).click()
    await deployDraft(page)
    expect(await paste(curl)).toMatchObject({ status: 200, body: { output: { hello: 'world' } } })
  })

  test('each webhook says whether it takes calls, the schedule when it runs, and what stops a deploy', async () => {
    const hook = (id: string, name: string, y: number) => ({
      id,
      type: 'webhook',
      name,
      position: { x: 0, y },
      config: { webhook_id: crypto.randomUUID(), webhook_secret: 'a secret' },
    })
    const schedule = { schedule_enabled: true, schedule_type: 'cron', schedule_cron: '0 3 * * *' }
    const start = { id: 's', type: 'starter', name: 'At night', position: { x: 0, y: 0 }, config: schedule }
    const id = await openNew(page, 'Every night', { blocks: [start, hook('a', 'Orders', 120)], edges: [] })
    await page.getByRole('button', { name: 'Deploy', exact: true }).click()
    await panel(page).getByRole('button', { name: 'Deploy', exact: true }).click()
    await expect(panel(page).getByRole('list', { name: 'Next runs' }).getByRole('listitem')).toHaveCount(5)
    const split = { id: 'x', type: 'split', name: 'Round', position: { x: 320, y: 0 } }
    await page.request.put(`/api/workflows/${id}/graph`, {
      data: {
        blocks: [start, hook('a', 'Orders', 120), hook('b', 'Returns', 240), split],
        edges: [{ source: 'x', target: 'x' }],
      },
    })
    await page.reload()
    await expect(saving(page)).toHaveText('Saved')
    await page.getByRole('button', { name: 'Deploy', exact: true }).click()
    await expect(panel(page).getByRole('article', { name: 'Orders' })).toContainText('Takes calls')
    await expect(panel(page).getByRole('article', { name: 'Returns' })).toContainText('Not in the live version')
    await expect(panel(page).getByText(/problems? stops? a deploy/)).toBeVisible()
    await lookAt(page, 'publish-schedule')
    await panel(page).getByRole('button', { name: 'Deploy the draft' }).click()
    await expect(page.getByRole('list', { name: 'Problems' })).toBeVisible()
    // The browser itself notes the refused deploy.
    expect(complaints.splice(0).filter((note) => !note.includes('status of 422'))).toEqual([])
  })

  test('no script was refused and nothing failed on the way', () => {
    expect(complaints).toEqual([])
  })
})

import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test, type Page, type Request } from '@playwright/test'
import { clickUntil, lookAt } from './screen'
import { startServer, type TestServer } from '../test/server'

const owner = { email: 'ada@example.com', password: 'difference engine' }

test.describe.configure({ mode: 'serial' })

test.describe('the screens around the editor', () => {
  let server: TestServer
  let page: Page
  let workflowId: string
  const complaints: string[] = []

  test.beforeAll(async ({ browser }) => {
    test.setTimeout(300_000)
    const { email, password } = owner
    server = await startServer({ env: { SLUICE_OWNER_EMAIL: email, SLUICE_OWNER_PASSWORD: password } })
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, baseURL: server.url })
    page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    await page.goto('/sign-in')
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('heading', { name: 'No workflows yet' })).toBeVisible()
  })
  test.afterAll(async () => {
    await page.context().close()
    await server.stop()
  })

  test('a workflow begins from a template, with webhook credentials of its own', async () => {
    const dialog = page.getByRole('dialog', { name: 'New workflow' })
    await clickUntil(page.getByRole('button', { name: 'New workflow' }), dialog)
    await dialog.getByRole('radio', { name: /Webhook with reply/ }).check({ force: true })
    await expect(dialog.getByLabel('Name')).toHaveValue('Webhook with reply')
    await dialog.getByLabel('Name').fill('Orders in')
    await dialog.getByRole('radio', { name: /AI summarizer/ }).check({ force: true })
    await dialog.getByRole('radio', { name: /Webhook with reply/ }).check({ force: true })
    await expect(dialog.getByLabel('Name')).toHaveValue('Orders in')
    await lookAt(page, 'new-workflow')
    await dialog.getByRole('button', { name: 'Create workflow' }).click()
    await expect(page).toHaveURL(/\/workflows\/[0-9a-f-]{36}$/)
    workflowId = new URL(page.url()).pathname.split('/')[2] ?? ''
    expect(await webhookOf(page, workflowId)).toMatchObject({ webhook_id: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    const call = page.getByLabel('Call with curl')
    await clickUntil(page.getByRole('button', { name: 'Deploy', exact: true }).first(), call)
    await expect(call, 'what is pasted is an order the template takes').toContainText('"email":"ada@example.com"')
  })

  test('a workflow is renamed, coloured and duplicated; the copy has other credentials', async () => {
    await page.goto('/')
    const rename = page.getByRole('menuitem', { name: 'Rename and colour…' })
    await clickUntil(page.getByRole('button', { name: 'Actions for Orders in' }), rename)
    await rename.click()
    const dialog = page.getByRole('dialog', { name: 'Rename and colour' })
    await dialog.getByLabel('Name').fill('Shop orders')
    await dialog.getByRole('radio', { name: 'Blue' }).check({ force: true })
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('link', { name: 'Shop orders', exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Actions for Shop orders' }).click()
    await page.getByRole('menuitem', { name: 'Duplicate' }).click()
    await expect(page.getByRole('link', { name: 'Copy of Shop orders' })).toBeVisible()
    const copyId = (await page.getByRole('link', { name: 'Copy of Shop orders' }).getAttribute('href'))?.split('/')[2]
    const [original, copy] = [await webhookOf(page, workflowId), await webhookOf(page, copyId ?? '')]
    expect(copy['webhook_id']).not.toBe(original['webhook_id'])
    expect(copy['webhook_secret']).not.toBe(original['webhook_secret'])
  })

  test('a workflow leaves as a file without credentials and comes back by dropping it', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      (async () => {
        await page.getByRole('button', { name: 'Actions for Shop orders' }).click()
        await page.getByRole('menuitem', { name: 'Export as a file' }).click()
      })(),
    ])
    expect(download.suggestedFilename()).toBe('shop-orders.json')
    const text = readFileSync(await download.path(), 'utf8')
    const secret = String((await webhookOf(page, workflowId))['webhook_secret'])
    expect(text).not.toContain(secret)
    const renamed = text.replace('"Shop orders"', '"From a file"')
    const transfer = await page.evaluateHandle((content) => {
      const data = new DataTransfer()
      data.items.add(new File([content], 'shop.json', { type: 'application/json' }))
      return data
    }, renamed)
    await page.dispatchEvent('main', 'drop', { dataTransfer: transfer })
    // The message goes by itself: it is looked for first.
    await expect(page.getByText('“From a file” is imported')).toBeVisible()
    await expect(page.getByRole('link', { name: 'From a file' })).toBeVisible()
  })

  test('a deletion can be undone, and is sent once its message is gone', async () => {
    const row = page.getByRole('row', { name: /Copy of Shop orders/ })
    const remove = async () => {
      await page.getByRole('button', { name: 'Actions for Copy of Shop orders' }).click()
      await page.getByRole('menuitem', { name: 'Delete' }).click()
    }
    await remove()
    await expect(row).toBeHidden()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(row).toBeVisible()
    const names = async () => {
      const answer = await page.request.get('/api/workflows')
      // The contract of GET /api/workflows.
      return ((await answer.json()) as { workflows: { name: string }[] }).workflows.map(({ name }) => name)
    }
    expect(await names()).toContain('Copy of Shop orders')
    await remove()
    expect(await names()).toContain('Copy of Shop orders')
    await page.mouse.move(5, 5)
    await expect.poll(names, { timeout: 40_000 }).not.toContain('Copy of Shop orders')
    await expect(row).toBeHidden()
  })

  test('the list is narrowed by state in the address', async () => {
    await page.request.post(`/api/workflows/${workflowId}/deploy`)
    await page.getByRole('navigation', { name: 'Filter by state' }).getByRole('link', { name: 'Deployed' }).click()
    await expect(page).toHaveURL(/state=deployed/)
    await expect(page.getByRole('row', { name: /From a file/ })).toBeHidden()
    await expect(page.getByRole('row', { name: /Shop orders/ })).toBeVisible()
  })

  test('executions are listed, filtered and shown over time, and run again', async () => {
    for (const variables of [{ numbers: [1, 2, 3] }, {}]) {
      const graph = {
        blocks: [starter, variables.numbers ? adding : failing],
        edges: [{ source: 's', target: 'work' }],
      }
      await page.request.put(`/api/workflows/${workflowId}/graph`, { data: graph })
      await page.request.post(`/api/workflows/${workflowId}/execute`, { data: { variables } })
    }
    await page.goto('/')
    await expect(page.getByRole('img', { name: 'Last 2 executions: 1 failed' })).toBeVisible()
    await lookAt(page, 'workflow-list')
    await page.getByRole('link', { name: 'Executions' }).click()
    const table = page.getByRole('table', { name: 'Executions' })
    await expect(table.getByRole('row')).toHaveCount(3)
    await lookAt(page, 'executions')
    await page.getByLabel('Status').selectOption('Failed')
    await expect(page).toHaveURL(/status=failed/)
    await expect(table.getByRole('row')).toHaveCount(2)
    await table.getByRole('link').click()
    await expect(page.getByRole('heading', { name: 'Execution of Shop orders' })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Timeline' }).getByRole('button')).toHaveCount(2)
    await expect(page.getByRole('region', { name: 'Data of Work' })).toContainText('the stock is empty')
    await lookAt(page, 'execution')
    const address = page.url()
    // The contract of GET …/executions/{id}.
    const isKept = async () =>
      ((await (await page.request.get(`/api${new URL(address).pathname}`)).json()) as { is_kept: boolean }).is_kept
    await page.getByRole('button', { name: 'Keep', exact: true }).click()
    await expect.poll(isKept).toBe(true)
    await page.reload()
    const kept = page.getByRole('button', { name: 'Kept', exact: true })
    await clickUntil(kept, page.getByRole('button', { name: 'Keep', exact: true }))
    await expect.poll(isKept).toBe(false)
    await page.getByRole('button', { name: 'Run again' }).click()
    await expect(page).not.toHaveURL(address)
    await expect(page.getByRole('status').getByText('Failed')).toBeVisible()
    await page.getByRole('link', { name: 'Show on the canvas' }).click()
    await expect(page.getByRole('region', { name: 'Execution on the canvas' })).toBeVisible()
    await expect(page.getByRole('group', { name: 'Work, ' }).getByText('Failed')).toBeVisible()
  })

  test('a running execution is followed live and cancelled', async () => {
    await page.request.put(`/api/workflows/${workflowId}/graph`, {
      data: { blocks: [starter, waiting], edges: [{ source: 's', target: 'work' }] },
    })
    const answer = await page.request.post(`/api/workflows/${workflowId}/execute`, {
      data: {},
      headers: { prefer: 'respond-async' },
    })
    // The contract of an asynchronous execute.
    const { execution_id: id } = (await answer.json()) as { execution_id: string }
    await page.goto(`/workflows/${workflowId}/executions/${id}`)
    await expect(page.getByRole('region', { name: 'Timeline' }).getByText('Running')).toBeVisible()
    await clickUntil(page.getByRole('button', { name: 'Cancel' }), page.getByRole('status').getByText('Cancelled'))
  })

  test('the palette goes to a workflow by name, and ? lists the shortcuts', async () => {
    await page.goto('/settings')
    await expect(page.getByRole('heading', { name: 'Profile' })).toBeVisible()
    await lookAt(page, 'profile')
    const shortcuts = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await expect(async () => {
      await page.keyboard.press('?')
      await expect(shortcuts).toBeVisible({ timeout: 2_000 })
    }).toPass()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Command palette' }).fill('from a f')
    await expect(page.getByRole('option', { name: 'From a file' })).toBeVisible()
    await lookAt(page, 'palette')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/workflows\//)
  })

  test('a person changes name and password, and stays signed in', async () => {
    await page.goto('/settings/profile')
    const name = page.getByRole('dialog', { name: 'Your name' })
    await clickUntil(page.getByRole('button', { name: 'Change name' }), name)
    await name.getByLabel('Name').fill('Ada Lovelace')
    await name.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('definition').filter({ hasText: 'Ada Lovelace' })).toBeVisible()
    await page.getByRole('button', { name: 'Change password' }).click()
    const dialog = page.getByRole('dialog', { name: 'Change password' })
    const send = async (current: string, next: string, again = next) => {
      await dialog.getByLabel('Current password').fill(current)
      await dialog.getByLabel('New password', { exact: true }).fill(next)
      await dialog.getByLabel('New password again').fill(again)
      await dialog.getByRole('button', { name: 'Change password' }).click()
    }
    await send(owner.password, 'analytical engine', 'analytic engine')
    await expect(dialog.getByRole('alert')).toHaveText('The new password is not the same both times.')
    await send('a guess', 'analytical engine')
    await expect(dialog.getByRole('alert')).toHaveText('The current password is not right')
    // The browser's own line about the refusal.
    expect(complaints.splice(0)).toEqual([expect.stringContaining('400')])
    await lookAt(page, 'change-password')
    await send(owner.password, 'analytical engine')
    await expect(page.getByText('Your password is changed')).toBeVisible()
    await page.reload()
    await expect(page.getByRole('heading', { name: 'Profile' })).toBeVisible()
  })

  test('an API key is shown once, works, and is refused once revoked', async () => {
    await page.goto('/settings/api-keys')
    await clickUntil(page.getByRole('button', { name: 'New API key' }), page.getByLabel('Name'))
    await page.getByLabel('Name').fill('shop back end')
    await page.getByRole('button', { name: 'Create key' }).click()
    const key = (await page.getByLabel('The new API key').textContent()) ?? ''
    const ask = async () =>
      (await fetch(`${server.url}/api/workflows`, { headers: { authorization: `Bearer ${key}` } })).status
    expect(await ask()).toBe(200)
    await page.getByRole('button', { name: 'Done' }).click()
    await expect(page.getByRole('row', { name: /shop back end/ })).toContainText('read, run')
    await expect.poll(() => page.content()).not.toContain(key)
    await lookAt(page, 'api-keys')
    await page.getByRole('button', { name: 'Revoke shop back end' }).click()
    await page.getByRole('button', { name: 'Revoke key' }).click()
    await expect(page.getByRole('heading', { name: 'No API keys yet' })).toBeVisible()
    await expect.poll(ask, { timeout: 40_000 }).toBe(401)
  })

  test('a secret is stored, replaced and deleted; its value is never shown', async () => {
    await page.goto('/settings/secrets')
    await clickUntil(page.getByRole('button', { name: 'New secret' }), page.getByLabel('Name'))
    await page.getByLabel('Name').fill('STRIPE_KEY')
    await page.getByLabel('Value').fill('sk-live-0123456789')
    await page.getByRole('button', { name: 'Store secret' }).click()
    await expect(page.getByRole('row', { name: /STRIPE_KEY/ })).toContainText('{{secrets.STRIPE_KEY}}')
    await expect.poll(() => page.content()).not.toContain('sk-live-0123456789')
    await lookAt(page, 'secrets')
    await page.getByRole('button', { name: 'Delete STRIPE_KEY' }).click()
    await page.getByRole('button', { name: 'Delete secret' }).click()
    await expect(page.getByRole('heading', { name: 'No secrets yet' })).toBeVisible()
  })

  test('health and the dashboard tell how the installation does', async () => {
    await page.goto('/settings/health')
    await expect(page.getByText('Working').first()).toBeVisible()
    await lookAt(page, 'health')
    await page.getByRole('navigation', { name: 'Studio' }).getByRole('link', { name: 'Dashboard' }).click()
    await expect(page.getByText('Success rate')).toBeVisible()
    await expect(page.getByRole('table', { name: 'Failing most' })).toContainText('Shop orders')
    await lookAt(page, 'dashboard')
  })

  test('a theme chosen by hand stays, whatever the system says', async () => {
    await page.emulateMedia({ colorScheme: 'light' })
    await page.getByRole('button', { name: 'Theme' }).click()
    await page.getByRole('menuitemradio', { name: 'Dark' }).click()
    await page.reload()
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    await expect.poll(background).toBe('rgb(19, 20, 22)')
  })

  test('the list comes with less than 200 kB of script, compressed', async () => {
    const fresh = await page.context().newPage()
    const sizes: Promise<number>[] = []
    fresh.on('response', (response) => {
      if (!new URL(response.url()).pathname.endsWith('.js')) return
      sizes.push(response.body().then((body) => gzipSync(body).length))
    })
    await fresh.goto('/')
    await expect(fresh.getByRole('table', { name: 'Workflows' })).toBeVisible()
    await fresh.waitForLoadState('networkidle')
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    await fresh.close()
    expect(total).toBeGreaterThan(50_000)
    expect(total).toBeLessThan(200_000)
  })

  test('without a connection the list stays and says so, and goes on by itself once there is one', async ({
    browser,
  }) => {
    const storageState = await page.context().storageState()
    const context = await browser.newContext({ storageState, baseURL: server.url })
    const away = await context.newPage()
    const asked = new Set<Request>()
    away.on('request', (request) => asked.add(request))
    away.on('requestfinished', (request) => asked.delete(request))
    away.on('requestfailed', (request) => asked.delete(request))
    await away.goto('/')
    const [notice, table] = [
      away.getByRole('status', { name: 'Connection' }),
      away.getByRole('table', { name: 'Workflows' }),
    ]
    await clickUntil(
      away.getByRole('button', { name: 'Actions for From a file' }),
      away.getByRole('menuitem', { name: 'Duplicate' }),
    )
    // The first touch fetches what shows messages.
    await expect.poll(() => asked.size).toBe(0)
    await context.setOffline(true)
    await away.getByRole('menuitem', { name: 'Duplicate' }).click()
    await expect(away.getByText('The server cannot be reached')).toBeVisible()
    await away.getByRole('searchbox').fill('from')
    await expect(notice).toContainText('No connection')
    await expect(table).toBeVisible()
    await context.setOffline(false)
    await expect(away).toHaveURL(/q=from/)
    await expect(notice).toBeEmpty()
    await context.close()
  })

  test('nothing failed on the way', () => {
    expect(complaints).toEqual([])
  })
})

const starter = { id: 's', type: 'starter', name: 'Start', config: {} }
const adding = codeBlock('return s.output.numbers.reduce((sum, number) => sum + number, 0)')
const failing = codeBlock('throw new Error("the stock is empty")')
// Longer than any look at it takes: only the cancel ends it.
const waiting = codeBlock('while (true) {}', { timeout_ms: 120_000 })

function codeBlock(code: string, more: object = {}) {
  return { id: 'work', type: 'code', name: 'Work', config: { language: 'javascript', code, ...more } }
}

async function webhookOf(page: Page, id: string): Promise<Record<string, unknown>> {
  const answer = await page.request.get(`/api/workflows/${id}`)
  // The contract of GET /api/workflows/{id}.
  const { blocks } = (await answer.json()) as { blocks: { type: string; config: Record<string, unknown> }[] }
  return blocks.find(({ type }) => type === 'webhook')?.config ?? {}
}

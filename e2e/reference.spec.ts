import { expect, test, type Page } from '@playwright/test'
import { lookAt } from './screen'
import { startServer, type TestServer } from '../test/server'

const owner = { email: 'ada@example.com', password: 'difference engine' }

test.describe.configure({ mode: 'serial' })

test.describe('the API reference', () => {
  let server: TestServer
  let page: Page
  const complaints: string[] = []
  const strangers: string[] = []

  test.beforeAll(async ({ browser }) => {
    test.setTimeout(300_000)
    const { email, password } = owner
    server = await startServer({ env: { SLUICE_OWNER_EMAIL: email, SLUICE_OWNER_PASSWORD: password } })
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, baseURL: server.url })
    page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('request', (request) => !request.url().startsWith(server.url) && strangers.push(request.url()))
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

  test('is a place of the studio, with every operation on one line', async () => {
    await page.getByRole('navigation', { name: 'Studio' }).getByRole('link', { name: 'API' }).click()
    await expect(page.getByRole('heading', { name: 'API reference' })).toBeVisible()
    const paths = (await (await page.request.get('/api/openapi.json')).json()) as { paths: Record<string, object> }
    const count = Object.values(paths.paths).flatMap((item) => Object.keys(item)).length
    await expect(page.locator('details')).toHaveCount(count)
    await lookAt(page, 'reference')
  })

  test('an operation unfolds to its fields and a call to paste', async () => {
    await page.getByRole('navigation', { name: 'Chapters' }).getByRole('link', { name: 'Workflows' }).click()
    await page.getByText('Create a workflow').click()
    const body = page.getByRole('table', { name: 'Body' })
    await expect(body.getByRole('row', { name: /^name text required/ })).toBeVisible()
    await expect(page.getByLabel('curl for Create a workflow')).toContainText('-X POST "$SLUICE/api/workflows"')
    await lookAt(page, 'reference-operation')
    await page.goto('/reference#saveGraph')
    await expect(page.getByText('Save the graph')).toBeInViewport()
  })

  test('says nothing to the console and loads nothing from elsewhere', () => {
    expect(complaints).toEqual([])
    expect(strangers).toEqual([])
  })
})

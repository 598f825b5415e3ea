import { expect, test, type Page } from '@playwright/test'
import { boxOf } from './editing'
import { clickUntil } from './screen'
import { startServer, type TestServer } from '../test/server'

const owner = { email: 'ada@example.com', password: 'difference engine' }

const row = Array.from({ length: 12 }, (_, index) => index)
const graph = {
  blocks: row.map((index) => ({
    id: `b${index}`,
    name: `Call ${index}`,
    type: index === 0 ? 'starter' : 'general_api',
    position: { x: index * 320, y: 0 },
    config: index === 0 ? {} : { method: 'GET', url: `https://example.com/${index}/<b${index - 1}.output>` },
  })),
  edges: row.slice(1).map((index) => ({ source: `b${index - 1}`, target: `b${index}` })),
}

test.describe.configure({ mode: 'serial' })

test.describe('an edit', () => {
  let server: TestServer
  let page: Page
  let workflowId: string

  const card = () => page.getByRole('group', { name: 'Call 5, ' })
  const url = () => page.getByRole('complementary', { name: 'Settings of the block' }).getByLabel('URL')

  test.beforeAll(async ({ browser }) => {
    // The first start may have to build.
    test.setTimeout(300_000)
    const { email, password } = owner
    server = await startServer({ env: { SLUICE_OWNER_EMAIL: email, SLUICE_OWNER_PASSWORD: password } })
    const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1440, height: 900 } })
    page = await context.newPage()
    await page.addInitScript(recordCards)
    await page.goto('/sign-in')
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('link', { name: 'Sluice: all workflows' })).toBeVisible()
    const made = await page.request.post('/api/workflows', { data: { name: 'Calls' } })
    // The contract of POST /api/workflows.
    workflowId = ((await made.json()) as { id: string }).id
    await page.request.put(`/api/workflows/${workflowId}/graph`, { data: graph })
    await page.goto(`/workflows/${workflowId}`)
    await clickUntil(card(), url())
    await url().press('End')
  })
  test.afterAll(async () => {
    await page.context().close()
    await server.stop()
  })

  test('of one key renders one block', async () => {
    await page.evaluate(() => (renderedCards.length = 0))
    await page.keyboard.press('x')
    await expect(url()).toHaveValue('https://example.com/5/<b4.output>x')
    await expect(page.getByText('Version 2')).toBeVisible()
    expect(await page.evaluate(() => renderedCards)).toEqual(['b5'])
  })

  test('by hand is seen as it is made: a dragged block takes its edges along, and is saved once', async () => {
    const from = await boxOf(card())
    const edge = page.getByRole('group', { name: 'From Call 4 to Call 5' }).locator('.react-flow__edge-path')
    const straight = await edge.getAttribute('d')
    await page.mouse.move(from.x + 40, from.y + 10)
    await page.mouse.down()
    await page.mouse.move(from.x + 60, from.y + 90, { steps: 8 })
    await expect(edge).not.toHaveAttribute('d', straight ?? '')
    const held = await boxOf(card().locator('> div'))
    expect(held.y - from.y).toBeGreaterThan(60)
    await page.mouse.up()
    await expect(page.getByText('Version 3')).toBeVisible()
    const dropped = await boxOf(card())
    expect([dropped.x, dropped.y].map(Math.round)).toEqual([held.x, held.y].map(Math.round))
  })

  test('that cannot be saved is not left behind unasked', async () => {
    const refusal = { error: 'Held by another workflow', error_code: 'WEBHOOK_ID_TAKEN' }
    await page.route('**/graph', (route) => route.fulfill({ status: 409, json: refusal }))
    await url().press('End')
    await page.keyboard.press('y')
    await expect(page.getByText('Held by another workflow')).toBeVisible()
    const asked: string[] = []
    page.once('dialog', (dialog) => {
      asked.push(dialog.message())
      void dialog.dismiss()
    })
    await page.getByRole('link', { name: 'Back to all workflows' }).click()
    await expect.poll(() => asked).toEqual(['Your newest edits are not saved and will be lost. Leave all the same?'])
    await expect(url()).toHaveValue('https://example.com/5/<b4.output>xy')
    page.once('dialog', (dialog) => void dialog.accept())
    await page.getByRole('link', { name: 'Back to all workflows' }).click()
    await expect(page.getByRole('heading', { name: 'Workflows' })).toBeVisible()
  })
})

declare let renderedCards: string[]

/** What React keeps of a component on the page, as far as it is looked at here. */
interface Fiber {
  flags: number
  child: Fiber | null
  sibling: Fiber | null
  alternate: Fiber | null
  memoizedProps: { data?: { block?: { id: string } } } | null
}

/** Notes the blocks whose cards React renders, by the hook its developer tools use: there is no other in a build for
 *  production. */
function recordCards(): void {
  const rendered: string[] = []
  const hasRendered = 1
  // As the developer tools do: where the children are those of before, nothing below was visited.
  const look = (now: Fiber, before: Fiber) => {
    const id = now.memoizedProps?.data?.block?.id
    if (id !== undefined && (now.flags & hasRendered) !== 0) rendered.push(id)
    if (now.child === before.child) return
    for (let child = now.child; child; child = child.sibling) if (child.alternate) look(child, child.alternate)
  }
  Object.assign(window, {
    renderedCards: rendered,
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      supportsFiber: true,
      inject: () => 1,
      onCommitFiberUnmount: () => undefined,
      onPostCommitFiberRoot: () => undefined,
      onCommitFiberRoot: (_renderer: number, { current }: { current: Fiber }) => {
        if (current.alternate) look(current, current.alternate)
      },
    },
  })
}

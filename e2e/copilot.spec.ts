import { expect, test, type Page } from '@playwright/test'
import { clickUntil, lookAt } from './screen'
import { startModelServer, type ModelServer, type Turn } from '../test/model-server'
import { startServer, type TestServer } from '../test/server'

const owner = { email: 'ada@example.com', password: 'difference engine' }

const panel = (page: Page) => page.getByRole('complementary', { name: 'Copilot' })
const proposal = (page: Page) => page.getByRole('region', { name: 'Proposed change' })
const block = (page: Page, name: string) => page.getByRole('group', { name: `${name}, ` })
const propose = (input: unknown): Turn => ({ calls: [{ name: 'propose', input }], text: 'Three blocks should do.' })

const summarizer = {
  add_blocks: [
    { id: 'start', type: 'starter', config: { input: { text: 'Sluice is a studio where people draw workflows.' } } },
    { id: 'summarise', type: 'agent', name: 'Summarise', config: { input: 'Summarise: <start.output.text>' } },
    { id: 'note', type: 'code', name: 'Count words', config: { code: 'output = 1' } },
    { id: 'reply', type: 'response', name: 'Reply', config: { output: { summary: '<summarise.output>' } } },
  ],
  add_edges: [
    { source: 'start', target: 'summarise' },
    { source: 'start', target: 'note' },
    { source: 'summarise', target: 'reply' },
  ],
}

async function ask(page: Page, text: string): Promise<void> {
  await panel(page).getByRole('textbox', { name: 'Message' }).fill(text)
  await panel(page).getByRole('button', { name: 'Send' }).click()
}

test.describe.configure({ mode: 'serial' })

test.describe('the copilot', () => {
  let server: TestServer
  let models: ModelServer
  let page: Page
  let workflowId: string
  const complaints: string[] = []

  test.beforeAll(async ({ browser }) => {
    // The first start may have to build.
    test.setTimeout(300_000)
    models = await startModelServer()
    const { email, password } = owner
    server = await startServer({
      env: { SLUICE_OWNER_EMAIL: email, SLUICE_OWNER_PASSWORD: password, SLUICE_ALLOW_PRIVATE_HOSTS: '127.0.0.1' },
    })
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: server.url })
    page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto('/sign-in')
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('heading', { name: 'No workflows yet' })).toBeVisible()
    const made = await page.request.post('/api/workflows', { data: { name: 'Digest' } })
    // The contract of POST /api/workflows.
    workflowId = ((await made.json()) as { id: string }).id
    await page.goto(`/workflows/${workflowId}`)
  })
  test.afterAll(async () => {
    await page.context().close()
    await server.stop()
    await models.close()
  })

  test('says plainly when nobody is set up to answer', async () => {
    await clickUntil(page.getByRole('button', { name: 'Copilot' }), panel(page))
    await expect(panel(page).getByRole('heading', { name: 'The copilot needs a language model' })).toBeVisible()
    await expect(panel(page).getByRole('link', { name: 'Set up a provider' })).toHaveAttribute(
      'href',
      '/settings/providers',
    )
    await lookAt(page, 'copilot-nobody')
    await page.getByRole('button', { name: 'Close the panel' }).click()
    const data = { kind: 'openai_compatible', base_url: models.url, default_model: 'test-model' }
    expect((await page.request.put('/api/settings/providers/local', { data })).ok()).toBe(true)
  })

  test('is opened from the command palette', async () => {
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('combobox').fill('copilot')
    await page.getByRole('option', { name: 'Ask the copilot' }).click()
    await expect(panel(page).getByRole('list', { name: 'Suggestions' })).toBeVisible()
    await expect(page).toHaveURL(`/workflows/${workflowId}`)
    await lookAt(page, 'copilot-empty')
  })

  test('proposes the summarizer: drawn on the canvas, in the graph not yet', async () => {
    models.script(propose(summarizer), { text: 'It summarises the text it is given.' })
    await ask(page, 'Summarise a text and answer with the summary')
    await expect(panel(page).getByText('It summarises the text it is given.')).toBeVisible()
    await expect(proposal(page).getByRole('checkbox')).toHaveCount(7)
    await expect(page.getByText('Added', { exact: true }).first()).toBeVisible()
    await expect(block(page, 'Summarise')).toBeHidden()
    // One path for each category of block, and one around what is in view.
    await expect(page.getByRole('img', { name: 'Overview of the graph' }).locator('path')).toHaveCount(5)
    await lookAt(page, 'copilot-proposal')
  })

  test('is taken in parts: one is rejected, the rest is tried out, accepted and undone in one step', async () => {
    await proposal(page).getByRole('checkbox', { name: 'Add Count words' }).uncheck()
    await expect(proposal(page).getByRole('checkbox', { name: 'Connect Start to Count words' })).toBeDisabled()
    models.script({ text: 'A studio for workflows.' })
    await proposal(page).getByRole('button', { name: 'Test run' }).click()
    const tried = proposal(page).getByRole('group', { name: 'Test run' })
    await expect(tried).toContainText('Completed')
    await expect(tried).toContainText('A studio for workflows.')
    await lookAt(page, 'copilot-test-run')
    await proposal(page).getByRole('button', { name: 'Accept 5 of 7' }).click()
    await expect(proposal(page)).toBeHidden()
    for (const name of ['Start', 'Summarise', 'Reply']) await expect(block(page, name)).toBeVisible()
    await expect(block(page, 'Count words')).toBeHidden()
    await page.getByRole('button', { name: 'Undo: Accept 5 parts of a proposal' }).click()
    await expect(block(page, 'Summarise')).toBeHidden()
    await page.getByRole('button', { name: 'Redo: Accept 5 parts of a proposal' }).click()
    await expect(block(page, 'Summarise')).toBeVisible()
  })

  test('and what was accepted runs', async () => {
    await page.getByRole('main').getByRole('button', { name: 'Run', exact: true }).first().click()
    await page.getByRole('button', { name: 'Run now' }).click()
    await expect(page.getByRole('status', { name: 'Run' })).toHaveText('Completed')
    const runs = page.getByRole('region', { name: 'Runs and problems' })
    await expect(runs.getByRole('group', { name: 'Output', exact: true })).toContainText('A studio for workflows.')
  })

  test('a turn can be stopped', async () => {
    models.script({ hang: 'midway' })
    await ask(page, 'Think for long')
    await expect(panel(page).getByText('half')).toBeVisible()
    const { left } = await models.call(0)
    await panel(page).getByRole('button', { name: 'Stop' }).click()
    await expect(panel(page).getByText('Stopped')).toBeVisible()
    await left
  })

  test('the conversation is there again after a reload, and its proposal can be shown again', async () => {
    await page.reload()
    await expect(block(page, 'Summarise')).toBeVisible()
    await clickUntil(page.getByRole('button', { name: 'Copilot' }), panel(page))
    await expect(panel(page).getByText('It summarises the text it is given.')).toBeVisible()
    await panel(page).getByRole('button', { name: 'Review this proposal' }).click()
    await expect(proposal(page).getByRole('checkbox')).toHaveCount(2)
    await proposal(page).getByRole('button', { name: 'Reject all' }).click()
  })

  test('changes and removals are drawn too, and a failed run is explained', async () => {
    models.script({ status: 400, error: 'the text is too long' })
    await page.keyboard.press('Control+Enter')
    await page.getByRole('button', { name: 'Run now' }).click()
    await expect(page.getByRole('status', { name: 'Run' })).toHaveText('Failed')
    const change = {
      update_blocks: [{ id: 'summarise', config: { input: 'Shorten: <start.output.text>' } }],
      remove_blocks: ['reply'],
    }
    models.script({ calls: [{ name: 'propose', input: change }] }, { text: 'The provider refused a long text.' })
    await page.getByRole('button', { name: 'Explain this failure' }).click()
    await expect(panel(page).getByText('The provider refused a long text.')).toBeVisible()
    expect(JSON.stringify(models.calls[0]?.body)).toContain('the text is too long')
    await expect(proposal(page).getByRole('checkbox', { name: 'Change Summarise' })).toBeChecked()
    await proposal(page).getByLabel('Details of Change Summarise').click()
    await lookAt(page, 'copilot-change')
    await proposal(page).getByRole('button', { name: 'Reject all' }).click()
  })

  test('the page of a failed run leads to it', async () => {
    const listed = await page.request.get(`/api/workflows/${workflowId}/executions?status=failed`)
    // The contract of GET …/executions.
    const { executions } = (await listed.json()) as { executions: { id: string }[] }
    await page.goto(`/workflows/${workflowId}/executions/${executions[0]?.id ?? ''}`)
    await page.getByRole('link', { name: 'Explain this failure' }).click()
    await expect(panel(page).getByRole('textbox', { name: 'Message' })).toHaveValue('Explain this failure.')
    await expect(panel(page).getByRole('form')).toContainText('About run')
    await panel(page).getByRole('button', { name: 'New chat' }).click()
    await expect(panel(page).getByRole('list', { name: 'Suggestions' })).toBeVisible()
    expect(complaints).toEqual([])
  })
})

import { expect, test, type Page } from '@playwright/test'
import { clickUntil, lookAt } from './screen'
import { startModelServer, type ModelServer } from '../test/model-server'
import { startServer, type TestServer } from '../test/server'

const owner = { email: 'ada@example.com', password: 'difference engine' }

test.describe.configure({ mode: 'serial' })

test.describe('models, agents and orchestrations', () => {
  let models: ModelServer
  let server: TestServer
  let page: Page
  const complaints: string[] = []

  test.beforeAll(async ({ browser }) => {
    test.setTimeout(300_000)
    models = await startModelServer()
    server = await startServer({
      env: {
        SLUICE_OWNER_EMAIL: owner.email,
        SLUICE_OWNER_PASSWORD: owner.password,
        SLUICE_ALLOW_PRIVATE_HOSTS: new URL(models.url).host,
        ANTHROPIC_API_KEY: 'sk-from-the-environment',
      },
    })
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, baseURL: server.url })
    page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    await page.goto('/sign-in')
    await page.getByLabel('E-mail').fill(owner.email)
    await page.getByLabel('Password').fill(owner.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('heading', { name: 'No workflows yet' })).toBeVisible()
  })
  test.afterAll(async () => {
    await page.context().close()
    await server.stop()
    await models.close()
  })

  test('a provider is added with a key that is never shown, and one of the environment is only shown', async () => {
    await page.goto('/settings/providers')
    const fromEnvironment = page.getByRole('listitem', { name: 'anthropic' })
    await expect(fromEnvironment).toContainText('From the environment')
    await expect(fromEnvironment.getByRole('button', { name: 'Delete anthropic' })).toHaveCount(0)
    const dialog = page.getByRole('dialog', { name: 'New provider' })
    await clickUntil(page.getByRole('button', { name: 'New provider' }), dialog)
    await dialog.getByLabel('Kind').selectOption('vLLM')
    await expect(dialog.getByLabel('Name')).toHaveValue('vllm')
    await dialog.getByLabel('Address').fill(models.url)
    await dialog.getByLabel('API key').fill('sk-private-0123456789')
    await dialog.getByRole('textbox', { name: 'Default model' }).fill('test-model')
    await dialog.getByRole('checkbox', { name: 'Default provider' }).check()
    await dialog.getByRole('button', { name: 'Add a model' }).click()
    await dialog.getByRole('textbox', { name: 'Model 1' }).fill('test-model')
    await dialog.getByLabel('Input price of test-model').fill('1')
    await dialog.getByLabel('Output price of test-model').fill('2')
    await lookAt(page, 'provider-form')
    await dialog.getByRole('button', { name: 'Store provider' }).click()
    await expect(page.getByRole('listitem', { name: 'vllm' })).toContainText('Key stored')
    await expect.poll(() => page.content()).not.toContain('sk-private-0123456789')
  })

  test('a provider is tested by a real call, which tells the model and the time, or the error', async () => {
    const row = page.getByRole('listitem', { name: 'vllm' })
    models.script({ text: 'ready' })
    await row.getByRole('button', { name: 'Test vllm' }).click()
    await expect(row.getByText('It answers')).toBeVisible()
    await expect(row).toContainText(/vllm\/test-model · \d+ ms/)
    expect(models.calls[0]?.headers.authorization).toBe('Bearer sk-private-0123456789')
    models.script({ status: 401, error: 'that key is not known' })
    await row.getByRole('button', { name: 'Test vllm' }).click()
    await expect(row.getByText('It does not answer')).toBeVisible()
    await expect(row).toContainText('that key is not known')
    await lookAt(page, 'providers')
  })

  test('a provider is changed without its key being sent again', async () => {
    const dialog = page.getByRole('dialog', { name: /vllm/ })
    await page.getByRole('button', { name: 'Edit vllm' }).click()
    await expect(dialog.getByLabel('API key')).toHaveValue('')
    await expect(dialog.getByLabel('Output price of test-model')).toHaveValue('2')
    await dialog.getByLabel('Most tokens of test-model').fill('500')
    await dialog.getByRole('button', { name: 'Store provider' }).click()
    await expect(dialog).toBeHidden()
    models.script({ text: 'ready' })
    await page.getByRole('button', { name: 'Test vllm' }).click()
    await expect(page.getByText('It answers')).toBeVisible()
    expect(models.calls[0]).toMatchObject({
      headers: { authorization: 'Bearer sk-private-0123456789' },
      body: { max_tokens: 500 },
    })
  })

  test('an agent is made, given a tool, and tried: the tool call is shown with input, output and time', async () => {
    await page.getByRole('navigation', { name: 'Studio' }).getByRole('link', { name: 'Agents' }).click()
    await expect(page.getByRole('heading', { name: 'No agents yet' })).toBeVisible()
    await lookAt(page, 'agents-empty')
    await create(page, 'agent', 'Counter')
    await page.getByLabel('System prompt').fill('You count with care.')
    await page.getByRole('button', { name: 'Add a tool' }).click()
    await page.getByRole('menuitem', { name: 'Code' }).click()
    await page.getByLabel('Tool name').fill('add')
    await page.getByLabel('Language').selectOption('JavaScript')
    await type(page, 'Code', 'return a + b')
    await type(page, 'Input schema', '{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}}}')
    await expect(page.getByText('Unsaved changes')).toBeVisible()
    models.script({ calls: [{ name: 'add', input: { a: 2, b: 40 } }] }, { text: 'It is 42.' })
    await say(page, 'What is 2 and 40?')
    const log = page.getByRole('log')
    await expect(log).toContainText('It is 42.')
    await expect(log).toContainText(/20 tokens in, 10 out · \$0\.000040/)
    const call = log.getByText('add', { exact: true })
    await call.click()
    await expect(log.getByRole('group', { name: 'Input' })).toContainText('"b": 40')
    await expect(log.getByRole('group', { name: 'Output' })).toContainText('42')
    await expect(page.getByText('Saved', { exact: true })).toBeVisible()
    await lookAt(page, 'agent')
  })

  test('a conversation goes on, is stopped at the provider, kept, and forgotten', async () => {
    const log = page.getByRole('log')
    models.script({ text: 'Still 42.' })
    await say(page, 'Sure?')
    await expect(log).toContainText('Still 42.')
    expect(models.calls[0]?.body['messages']).toMatchObject([
      { role: 'system' },
      { content: 'What is 2 and 40?' },
      { content: 'It is 42.' },
      { content: 'Sure?' },
    ])
    models.script({ hang: 'midway' })
    await say(page, 'Think long')
    await expect(log).toContainText('half')
    await page.getByRole('button', { name: 'Stop' }).click()
    await expect(log.getByText('Stopped')).toBeVisible()
    await (
      await models.call(0)
    ).left
    await page.reload()
    await expect(async () => {
      await page.getByRole('combobox', { name: 'Conversation' }).selectOption('What is 2 and 40?', { timeout: 2_000 })
      await expect(log).toContainText('Still 42.', { timeout: 2_000 })
    }).toPass()
    await expect(log.getByText('add', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Forget this conversation' }).click()
    await expect(page.getByRole('combobox', { name: 'Conversation' })).toHaveText('New conversation')
  })

  test('what cannot be saved is said, and nothing is lost', async () => {
    await type(page, 'JSON schema of the answer', '{ no json')
    await page.getByRole('button', { name: 'Save agent' }).click()
    await expect(page.getByText('The answer’s schema has to be a JSON object.')).toBeVisible()
    await type(page, 'JSON schema of the answer', '{"type":"object","properties":{"sum":{"type":"number"}}}')
    await page.getByRole('button', { name: 'Save agent' }).click()
    await expect(page.getByText('The agent is saved')).toBeVisible()
    models.script({ text: '{"sum": 42}' })
    await say(page, 'What is 2 and 40?')
    await expect(page.getByRole('log')).toContainText('"sum": 42')
  })

  test('two agents work one after the other, their steps seen as they happen', async () => {
    for (const name of ['Writer', 'Editor']) await page.request.post('/api/agents', { data: { name } })
    await page.getByRole('navigation', { name: 'Studio' }).getByRole('link', { name: 'Orchestrations' }).click()
    await create(page, 'orchestration', 'Write and edit')
    await page.getByRole('radio', { name: /One after the other/ }).check({ force: true })
    for (const [place, name] of ['Editor', 'Writer'].entries()) {
      await page.getByRole('button', { name: 'Add an agent' }).click()
      await page.getByLabel(`Agent ${place + 1}`, { exact: true }).selectOption(name)
    }
    await page.getByRole('button', { name: 'Move agent 2 up' }).click()
    await page.getByLabel('Role of agent 1').fill('drafts')
    models.script({ text: 'A draft.' }, { hang: 'midway' })
    await say(page, 'Tides, in a line', 'Give it a task')
    const steps = page.getByRole('list', { name: 'Steps' }).getByRole('listitem')
    await expect(steps.nth(0)).toContainText('A draft.')
    await expect(steps.nth(1)).toContainText('Running')
    await expect(steps.nth(1)).toContainText('half')
    await page.getByRole('button', { name: 'Stop' }).click()
    await (
      await models.call(1)
    ).left
    models.script({ text: 'A draft.' }, { text: 'Tides rise and fall.' })
    await say(page, 'Tides, in a line', 'Give it a task')
    await expect(page.getByText(/20 tokens in, 10 out/)).toBeVisible()
    await expect(page.getByText('Answer: Tides rise and fall.')).toBeVisible()
    expect(JSON.stringify(models.calls[0]?.body)).toContain('Your role: drafts')
    await lookAt(page, 'orchestration')
    await page.getByRole('link', { name: 'Back to all orchestrations' }).click()
    await expect(page.getByRole('row', { name: /Write and edit/ })).toContainText('One after the other')
    await lookAt(page, 'orchestrations')
    await page.getByRole('navigation', { name: 'Studio' }).getByRole('link', { name: 'Agents' }).click()
    await expect(page.getByRole('row', { name: /Counter/ })).toContainText('1 tool')
    await lookAt(page, 'agents')
  })

  test('a block picks its agent by name, or takes a reference instead', async () => {
    const workflowId = await save(page, { id: 'ask', type: 'agent', name: 'Ask', config: { input: 'Hello' } })
    await page.goto(`/workflows/${workflowId}`)
    const settings = page.getByRole('complementary', { name: 'Settings of the block' })
    await clickUntil(page.getByText('Ask', { exact: true }), settings)
    await settings.getByLabel('Saved agent').selectOption('Counter')
    await expect(page.getByText('Asks a saved agent')).toBeVisible()
    await expect(settings.getByRole('link', { name: 'Open in a new tab' })).toHaveAttribute('href', /^\/agents\/.{36}$/)
    await lookAt(page, 'agent-block')
    await settings.getByRole('button', { name: 'Use a reference' }).click()
    await settings.getByLabel('Saved agent').fill('<start.output.agent>')
    await expect(page.getByText('Asks <start.output.agent>')).toBeVisible()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByText('Asks a saved agent')).toBeVisible()
  })

  test('an execution shows the members of an orchestration at work, live, until it is cancelled', async () => {
    const listed = await page.request.get('/api/orchestrations')
    // The contract of GET /api/orchestrations.
    const { orchestrations } = (await listed.json()) as { orchestrations: { id: string }[] }
    const config = { orchestration_id: orchestrations[0]?.id, input: 'Tides' }
    const workflowId = await save(page, { id: 'team', type: 'orchestration', name: 'Team', config })
    models.script({ text: 'A draft.' }, { hang: 'midway' })
    const headers = { prefer: 'respond-async' }
    const answer = await page.request.post(`/api/workflows/${workflowId}/execute`, { data: {}, headers })
    // The contract of an asynchronous execute.
    const { execution_id: executionId } = (await answer.json()) as { execution_id: string }
    await page.goto(`/workflows/${workflowId}/executions/${executionId}`)
    const steps = page
      .getByRole('region', { name: 'So far' })
      .getByRole('list', { name: 'Steps' })
      .getByRole('listitem')
    await expect(steps.nth(0)).toContainText('A draft.')
    await expect(steps.nth(1)).toContainText('half')
    await lookAt(page, 'execution-live-steps')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByRole('status').getByText('Cancelled')).toBeVisible()
    await (
      await models.call(1)
    ).left
  })

  test('an execution shows what an agent block used and which tools it called', async () => {
    const tool = { type: 'code', name: 'twice', language: 'javascript', code: 'return n * 2' }
    const config = { input: 'Twice 21?', tools: [tool] }
    const workflowId = await save(page, { id: 'ask', type: 'agent', name: 'Ask', config })
    models.script({ calls: [{ name: 'twice', input: { n: 21 } }] }, { text: 'It is 42.' })
    const answer = await page.request.post(`/api/workflows/${workflowId}/execute`, { data: {} })
    // The contract of an execute.
    const { execution_id: executionId } = (await answer.json()) as { execution_id: string }
    await page.goto(`/workflows/${workflowId}/executions/${executionId}`)
    const asked = page.getByRole('group', { name: 'Models asked' })
    await expect(asked).toContainText('vllm/test-model · 20 tokens in, 10 out · $0.000040')
    const call = asked.getByText('twice', { exact: true })
    await clickUntil(call, asked.getByRole('group', { name: 'Output' }))
    await expect(asked.getByRole('group', { name: 'Output' })).toContainText('42')
    await lookAt(page, 'execution-agent')
  })

  test('what is deleted is gone, after asking', async () => {
    await page.goto('/orchestrations')
    await page.getByRole('link', { name: 'Write and edit' }).click()
    await remove(page, 'Delete orchestration', 'Delete for good')
    await expect(page.getByRole('heading', { name: 'No orchestrations yet' })).toBeVisible()
    await page.getByRole('navigation', { name: 'Studio' }).getByRole('link', { name: 'Agents' }).click()
    await page.getByRole('link', { name: 'Counter' }).click()
    await remove(page, 'Delete agent', 'Delete for good')
    await expect(page.getByRole('table', { name: 'Agents' }).getByRole('row')).toHaveCount(3)
    await page.goto('/settings/providers')
    await remove(page, 'Delete vllm', 'Delete provider')
    await expect(page.getByRole('listitem', { name: 'vllm' })).toBeHidden()
  })

  test('a picker finds by its name the oldest of more than a hundred', async () => {
    for (let number = 0; number <= 100; number++)
      await page.request.post('/api/agents', { data: { name: `Clerk ${number}` } })
    const workflowId = await save(page, { id: 'ask', type: 'agent', name: 'Ask', config: {} })
    await page.goto(`/workflows/${workflowId}`)
    const settings = page.getByRole('complementary', { name: 'Settings of the block' })
    await clickUntil(page.getByText('Ask', { exact: true }), settings)
    await settings.getByRole('searchbox', { name: 'Search agents' }).fill('writer')
    await expect(settings.getByLabel('Saved agent').getByRole('option')).toHaveText(['None', 'Writer'])
    await settings.getByLabel('Saved agent').selectOption('Writer')
    await expect(page.getByText('Asks a saved agent')).toBeVisible()
    await lookAt(page, 'agent-block-search')
  })

  test('nothing failed on the way', () => {
    expect(complaints).toEqual([])
  })
})

async function create(page: Page, thing: string, name: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: `New ${thing}` })
  await clickUntil(page.getByRole('button', { name: `New ${thing}` }), dialog)
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('button', { name: `Create ${thing}` }).click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
}

async function remove(page: Page, button: string, answer: string): Promise<void> {
  const confirm = page.getByRole('button', { name: answer })
  await clickUntil(page.getByRole('button', { name: button }), confirm)
  await confirm.click()
}

/** A workflow of a starter and that block. */
async function save(page: Page, block: { id: string; [key: string]: unknown }): Promise<string> {
  const made = await page.request.post('/api/workflows', { data: { name: 'Asking' } })
  // The contract of POST /api/workflows.
  const { id } = (await made.json()) as { id: string }
  const blocks = [{ id: 'start', type: 'starter', name: 'Start', config: {} }, block]
  const edges = [{ source: 'start', target: block.id }]
  await page.request.put(`/api/workflows/${id}/graph`, { data: { blocks, edges } })
  return id
}

/** Replaces what stands in a code field. */
async function type(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: label, exact: true })
  await field.click()
  await field.press('Control+a')
  await page.keyboard.insertText(text)
}

async function say(page: Page, message: string, label = 'Say something to the agent'): Promise<void> {
  await page.getByRole('textbox', { name: label }).fill(message)
  await page.getByRole('button', { name: 'Send' }).click()
}

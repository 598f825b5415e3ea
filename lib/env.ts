import { z } from 'zod'
import { executeCallsPerMinute, maxApiKeyChars, maxRetentionCount, maxRetentionDays, minApiKeyChars } from './limits'

/** Reads the settings of this process. A variable that is empty counts as unset. This is the only reader of the
 *  environment. The names are documented in the README.
 *  @throws Error with one line that names each wrong variable and what it must be. */
export function loadEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()))
  const result = environment.safeParse(given)
  if (result.success) return result.data
  throw new Error(result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '))
}

/** Whether Next builds the pages as they are asked for (`npm run dev`). */
export const isDevelopment = process.env.NODE_ENV === 'development'

/** The settings of this process, read and checked. */
export type Env = z.infer<typeof environment>

const executeLimit = `must be a whole number of calls from 1 to 1000000000, or be unset for ${executeCallsPerMinute}`
const retentionDaysRule = `must be a whole number of days from 1 to ${maxRetentionDays}, or be unset to keep all`
const retentionCountRule = `must be a whole number of executions from 1 to ${maxRetentionCount}, or be unset to keep all`
const apiKeyRule = `must be ${minApiKeyChars} to ${maxApiKeyChars} visible ASCII characters without blanks`
const apiKeyPattern = new RegExp(`^[\\x21-\\x7e]{${minApiKeyChars},${maxApiKeyChars}}$`)

const webUrl = z
  .string()
  .trim()
  .refine(isWebUrl, 'must be a web address, such as http://localhost:11434/v1, without user, query or fragment')
  .transform((url) => url.replace(/\/+$/, ''))

const mcpServersRule =
  'must be JSON such as {"files": {"command": "npx", "args": ["some-mcp-server"], "env": {"TOKEN": "…"}}}, or be unset'
const mcpCommand = z.strictObject({
  command: z.string().min(1),
  args: z.array(z.string()).default([]),
  env: z.record(z.string(), z.string()).default({}),
})
/** A program an agent may talk to over its standard input and output, by the name that agents say. */
export type McpCommand = z.infer<typeof mcpCommand>

const environment = z
  .object({
    PORT: wholeNumber(0, 65_535, 'must be a port from 0 to 65535, such as 3000').default(3000),
    SLUICE_HOST: z.string().trim().regex(/^\S+$/, 'must be one address, such as 127.0.0.1').default('127.0.0.1'),
    DATABASE_URL: z
      .string()
      .trim()
      .refine(isPostgresUrl, 'must look like postgresql://user:password@host:5432/name, or be unset')
      .optional(),
    SLUICE_DATA_DIR: z.string().default('./.sluice'),
    SLUICE_BASE_URL: z
      .string()
      .trim()
      .refine(isWebUrl, 'must be a web address, such as https://sluice.example.com, without user, query or fragment')
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
    SLUICE_ENCRYPTION_KEY: z.string().optional(),
    SLUICE_OWNER_EMAIL: z.string().trim().optional(),
    SLUICE_OWNER_PASSWORD: z.string().optional(),
    SLUICE_API_KEY: z.string().regex(apiKeyPattern, apiKeyRule).optional(),
    SLUICE_ALLOW_PRIVATE_HOSTS: z
      .string()
      .transform((list) => list.split(',').flatMap((entry) => entry.trim() || []))
      .default([]),
    SLUICE_MCP_SERVERS: z
      .string()
      .transform(parsedOrNull)
      .pipe(z.record(z.string().regex(/^[A-Za-z0-9_-]{1,64}$/), mcpCommand, mcpServersRule))
      .default({}),
    /** Where programs of SLUICE_MCP_SERVERS are looked for. */
    PATH: z.string().default(''),
    SLUICE_ROLE: z.enum(['all', 'web', 'worker'], 'must be all, web or worker').default('all'),
    SLUICE_WORKER_PORT: wholeNumber(0, 65_535, 'must be a port from 0 to 65535, or be unset for none').optional(),
    OPENAI_API_KEY: z.string().trim().optional(),
    OPENAI_BASE_URL: webUrl.optional(),
    ANTHROPIC_API_KEY: z.string().trim().optional(),
    ANTHROPIC_BASE_URL: webUrl.optional(),
    GOOGLE_GENERATIVE_AI_API_KEY: z.string().trim().optional(),
    SLUICE_EXECUTE_CALLS_PER_MINUTE: wholeNumber(1, 1_000_000_000, executeLimit).default(executeCallsPerMinute),
    SLUICE_RETENTION_DAYS: wholeNumber(1, maxRetentionDays, retentionDaysRule).optional(),
    SLUICE_RETENTION_COUNT: wholeNumber(1, maxRetentionCount, retentionCountRule).optional(),
    SLUICE_LOG_LEVEL: z
      .enum(['debug', 'info', 'warn', 'error'], 'must be debug, info, warn or error, or be unset for info')
      .default('info'),
    OTEL_EXPORTER_OTLP_ENDPOINT: z
      .string()
      .trim()
      .refine(isWebUrl, 'must be a web address, such as http://localhost:4318, or be unset')
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
    OTEL_SERVICE_NAME: z.string().trim().default('sluice'),
  })
  .superRefine((env, context) => {
    if (!env.SLUICE_OWNER_EMAIL === !env.SLUICE_OWNER_PASSWORD) return
    const missing = env.SLUICE_OWNER_EMAIL ? 'SLUICE_OWNER_PASSWORD' : 'SLUICE_OWNER_EMAIL'
    const message = 'is missing: set SLUICE_OWNER_EMAIL and SLUICE_OWNER_PASSWORD together, or neither'
    context.addIssue({ code: 'custom', path: [missing], message })
  })

function wholeNumber(min: number, max: number, message: string) {
  return z
    .string()
    .trim()
    .regex(/^\d{1,10}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message)
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text)
}

function isWebUrl(text: string): boolean {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return false
  const { username, password, search, hash } = new URL(text)
  return !username && !password && !search && !hash
}

import { describe, expect, it } from 'vitest'
import { loadEnv } from './env'

describe('loadEnv', () => {
  it('serves on port 3000 of this machine alone when nothing is set', () => {
    expect(loadEnv({})).toEqual({
      PORT: 3000,
      SLUICE_HOST: '127.0.0.1',
      SLUICE_DATA_DIR: './.sluice',
      SLUICE_ROLE: 'all',
      SLUICE_ALLOW_PRIVATE_HOSTS: [],
      SLUICE_MCP_SERVERS: {},
      PATH: '',
      SLUICE_EXECUTE_CALLS_PER_MINUTE: 600,
      SLUICE_LOG_LEVEL: 'info',
      OTEL_SERVICE_NAME: 'sluice',
    })
  })

  it('takes an empty variable for an unset one', () => {
    const names = ['PORT', 'SLUICE_HOST', 'DATABASE_URL', 'SLUICE_DATA_DIR', 'SLUICE_BASE_URL', 'SLUICE_API_KEY']
    const more = ['SLUICE_ENCRYPTION_KEY', 'SLUICE_OWNER_EMAIL', 'SLUICE_OWNER_PASSWORD', 'SLUICE_ALLOW_PRIVATE_HOSTS']
    expect(loadEnv(Object.fromEntries([...names, ...more].map((name) => [name, ''])))).toEqual(loadEnv({}))
  })

  it('ignores the HOSTNAME of the shell', () => {
    expect(loadEnv({ HOSTNAME: '0.0.0.0' }).SLUICE_HOST).toBe('127.0.0.1')
  })

  it('splits the private hosts at commas and passes over blanks', () => {
    const env = loadEnv({ SLUICE_ALLOW_PRIVATE_HOSTS: ' 10.0.0.0/8, ,intranet.local:8080 ' })
    expect(env.SLUICE_ALLOW_PRIVATE_HOSTS).toEqual(['10.0.0.0/8', 'intranet.local:8080'])
  })

  it('reads the programs that may serve MCP, by name', () => {
    const files = { command: 'serve-files', args: ['/srv'], env: { TOKEN: 't' } }
    const env = loadEnv({ SLUICE_MCP_SERVERS: JSON.stringify({ files, plain: { command: 'serve' } }) })
    expect(env.SLUICE_MCP_SERVERS).toEqual({ files, plain: { command: 'serve', args: [], env: {} } })
  })

  it('takes any visible ASCII of 16 to 256 characters for an API key', () => {
    for (const key of ['~'.repeat(16), 'a"b\'c$d!e%f&g(h)', 'k'.repeat(256)]) {
      expect(loadEnv({ SLUICE_API_KEY: key }).SLUICE_API_KEY).toBe(key)
    }
  })

  it.each([
    ['PORT', 'http', 'must be a port'],
    ['PORT', '65536', 'must be a port'],
    ['PORT', '-1', 'must be a port'],
    ['DATABASE_URL', 'mysql://host/name', 'must look like postgresql://'],
    ['DATABASE_URL', 'postgresql://[', 'must look like postgresql://'],
    ['SLUICE_BASE_URL', 'sluice.example.com', 'must be a web address'],
    ['SLUICE_BASE_URL', 'https://user:word@example.com', 'must be a web address'],
    ['SLUICE_API_KEY', 'k'.repeat(15), 'must be 16 to 256 visible ASCII characters'],
    ['SLUICE_API_KEY', 'k'.repeat(257), 'must be 16 to 256 visible ASCII characters'],
    ['SLUICE_API_KEY', 'sixteen letters with blanks', 'must be 16 to 256 visible ASCII characters'],
    ['SLUICE_EXECUTE_CALLS_PER_MINUTE', '0', 'must be a whole number'],
    ['SLUICE_RETENTION_DAYS', '0', 'must be a whole number of days from 1'],
    ['SLUICE_RETENTION_COUNT', '1.5', 'must be a whole number of executions from 1'],
    ['SLUICE_MCP_SERVERS', '/usr/bin/serve', 'must be JSON such as'],
    ['SLUICE_MCP_SERVERS', '["serve"]', 'must be JSON such as'],
    ['SLUICE_LOG_LEVEL', 'loud', 'must be debug, info, warn or error'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'localhost:4318', 'must be a web address'],
  ])('refuses %s=%s with one line that names the variable and the rule', (name, value, rule) => {
    const load = () => loadEnv({ [name]: value })
    expect(load).toThrow(`${name} ${rule}`)
    expect(load).not.toThrow('\n')
  })

  it('never repeats a value in its message, as it may be a password', () => {
    expect(() => loadEnv({ DATABASE_URL: 'mysql://root:hunter2@host/name' })).not.toThrow('hunter2')
  })

  it('asks for the other half when only one of the owner variables is set', () => {
    expect(() => loadEnv({ SLUICE_OWNER_EMAIL: 'a@example.com' })).toThrow('SLUICE_OWNER_PASSWORD is missing')
    expect(() => loadEnv({ SLUICE_OWNER_PASSWORD: 'long enough' })).toThrow('SLUICE_OWNER_EMAIL is missing')
  })
})

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { loadEnv } from '../lib/env'
import { root } from './root.mjs'

const text = readFileSync(join(root, 'compose.yaml'), 'utf8')
const { services, volumes } = parse(text, { merge: true })
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8').replace(/\\\n\s*/g, '')
const written = { POSTGRES_PASSWORD: 'letters4and2digits', SLUICE_ENCRYPTION_KEY: 'a long random text' }

/** As Compose fills them in: `${NAME:-default}`, and `${NAME:?why}` for what has to be set. */
function filledIn(environment) {
  const fill = (value) =>
    value.replace(/\$\{(\w+)(:[-?])([^}]*)\}/g, (_whole, name, kind, rest) => {
      if (kind === ':?' && !written[name]) throw new Error(`${name} is not set`)
      return written[name] ?? rest
    })
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, fill(String(value))]))
}

describe('compose.yaml', () => {
  it.each(['web', 'worker'])('%s gets settings that Sluice knows and takes', (service) => {
    const environment = filledIn(services[service].environment)
    const known = readFileSync(join(root, 'lib/env.ts'), 'utf8')
    for (const name of Object.keys(environment)) expect(known, name).toMatch(new RegExp(`^\\s+${name}:`, 'm'))
    expect(loadEnv(environment)).toMatchObject({
      SLUICE_ROLE: service,
      DATABASE_URL: 'postgresql://sluice:letters4and2digits@postgres:5432/sluice',
      SLUICE_ENCRYPTION_KEY: 'a long random text',
    })
  })

  it('web and worker are one image, share key and database, and wait for Postgres', () => {
    const { web, worker } = services
    for (const key of ['build', 'image', 'depends_on', 'cap_drop', 'init']) expect(web[key]).toEqual(worker[key])
    expect(web.depends_on).toEqual({ postgres: { condition: 'service_healthy' } })
    for (const name of ['DATABASE_URL', 'SLUICE_ENCRYPTION_KEY'])
      expect(web.environment[name]).toBe(worker.environment[name])
  })

  it('opens one port, to this machine alone, and no default password', () => {
    expect(Object.values(services).flatMap(({ ports = [] }) => ports)).toEqual(['127.0.0.1:3000:3000'])
    expect(() => filledIn({ ...services.postgres.environment, POSTGRES_PASSWORD: '${UNSET:?set it}' })).toThrow()
    expect(services.postgres.environment.POSTGRES_PASSWORD).toMatch(/^\$\{POSTGRES_PASSWORD:\?/)
  })

  it('gives executions longer to end than Sluice takes, and names every volume it uses', () => {
    expect(parseInt(services.web.stop_grace_period)).toBeGreaterThan(30)
    const used = Object.values(services).flatMap(({ volumes: mounts = [] }) =>
      mounts.map((mount) => mount.split(':')[0]),
    )
    expect(used.sort()).toEqual(Object.keys(volumes).sort())
  })
})

describe('Dockerfile', () => {
  const lines = dockerfile.split('\n').filter((line) => line && !line.startsWith('#'))

  it('builds in one stage and runs in another, not as root, with a health check', () => {
    expect(lines.filter((line) => line.startsWith('FROM '))).toHaveLength(2)
    const final = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')))
    expect(final.filter((line) => line.startsWith('USER '))).toEqual(['USER node'])
    expect(final.findLastIndex((line) => /^(RUN|COPY)/.test(line))).toBeLessThan(final.indexOf('USER node'))
    expect(final.some((line) => /^HEALTHCHECK .*api\/health/.test(line))).toBe(true)
    expect(final.at(-1)).toBe('CMD ["node", "scripts/serve.mjs"]')
  })

  it('takes the Node version the project was built with', () => {
    const versions = lines.flatMap((line) => /^FROM node:([\d.]+)/.exec(line)?.[1] ?? [])
    expect(new Set(versions).size).toBe(1)
    expect(versions[0]).toMatch(/^20\./)
  })

  it('copies what is there, or what the build makes', () => {
    const made = new Set(['node_modules', '.next', 'dist'])
    const copied = lines
      .filter((line) => line.startsWith('COPY ') && !line.startsWith('COPY . '))
      .flatMap((line) => line.split(' ').slice(1, -1))
      .filter((word) => !word.startsWith('--'))
      .map((path) => path.replace('/app/', ''))
    expect(copied.length).toBeGreaterThan(5)
    for (const path of copied) expect(made.has(path) || existsSync(join(root, path)), path).toBe(true)
  })
})

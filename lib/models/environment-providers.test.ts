import { describe, expect, it } from 'vitest'
import { environmentProviders, modelHosts } from './environment-providers'
import { loadEnv } from '../env'

const read = (env: Record<string, string>) => environmentProviders(loadEnv(env))

describe('providers of the environment', () => {
  it.each([
    [{ OPENAI_API_KEY: 'a' }, { name: 'openai', kind: 'openai', apiKey: 'a', baseUrl: null }],
    [
      { OPENAI_BASE_URL: 'http://10.0.0.1:8000/v1' },
      { name: 'openai', apiKey: null, baseUrl: 'http://10.0.0.1:8000/v1' },
    ],
    [{ ANTHROPIC_API_KEY: 'b' }, { name: 'anthropic', kind: 'anthropic', apiKey: 'b' }],
    [{ GOOGLE_GENERATIVE_AI_API_KEY: 'c' }, { name: 'google', kind: 'google', apiKey: 'c' }],
  ])('are those the vendors’ own variables name: %j', (env, provider) => {
    expect(read(env)).toMatchObject([{ ...provider, source: 'environment' }])
  })

  it('are none without them', () => {
    expect(read({})).toEqual([])
  })

  it('may stand on a private host, with Ollama’s own place', () => {
    const hosts = modelHosts(loadEnv({ OPENAI_BASE_URL: 'http://10.0.0.1/v1' }))
    expect(hosts).toEqual(expect.arrayContaining(['10.0.0.1:80', '127.0.0.1:11434']))
  })
})

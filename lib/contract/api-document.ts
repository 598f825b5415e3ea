import { jsonSchemaOf, type JsonSchema } from './api-schema'
import { apiWords } from './api-words'
import type { Endpoint } from './endpoint'
import { statusOfCode } from './errors'

/** One method of one path, as the server offers it. */
export interface ApiRoute {
  method: string
  /** With its parameters in braces, as in `/api/workflows/{id}`. */
  path: string
  endpoint: Endpoint
  /** The operation's name, such as `listWorkflows`; empty where it has none. */
  operation: string
}

export interface ApiParameter {
  name: string
  in: 'path' | 'query'
  required: boolean
  schema: JsonSchema
}

export interface ApiOperation {
  operationId: string
  tags: [string]
  summary: string
  description: string
  /** The scope a caller needs; null opens it to everyone. */
  'x-scope': string | null
  security: Record<string, string[]>[]
  parameters: ApiParameter[]
  requestBody?: { required: boolean; content: Record<string, { schema: JsonSchema }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>
}

/** An OpenAPI 3.1 document. Source: OpenAPI Specification 3.1.1. */
export interface ApiDocument {
  openapi: '3.1.1'
  info: { title: string; version: string; description: string }
  servers: { url: string }[]
  tags: { name: string }[]
  paths: Record<string, Record<string, ApiOperation>>
  components: Record<string, Record<string, unknown>>
}

/** Describes an API from what its routes are declared with: nothing is written twice but the words. */
export function apiDocument(routes: readonly ApiRoute[], version: string): ApiDocument {
  const paths: ApiDocument['paths'] = {}
  const ids = new Set<string>()
  for (const route of routes) {
    const path = (paths[route.path] ??= {})
    const operationId = ids.has(route.operation) ? idOfPath(route) : route.operation || idOfPath(route)
    ids.add(operationId)
    path[route.method.toLowerCase()] = { operationId, ...operationOf(route) }
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Sluice', version, description: about },
    servers: [{ url: '/' }],
    tags: [...new Set([...firstTags, ...routes.map(({ path }) => tagOf(path))])].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An API key' },
        apikey: { type: 'apiKey', in: 'header', name: 'apikey', description: 'The same key' },
      },
      schemas: { Error: errorSchema },
      responses: {
        Error: {
          description: 'What went wrong and where',
          content: { 'application/json': { schema: errorReference } },
        },
      },
    },
  }
}

/** The codes an error may carry, each with its status, lowest status first. 401 carries none. */
export const errorCodes = Object.entries(statusOfCode)
  .filter(([code]) => code !== 'UNAUTHORIZED')
  .sort(([, a], [, b]) => a - b)

const about = `Every answer but a 2xx is an Error. 401 has \`error\` alone. Codes: ${errorCodes.map(([code, status]) => `${code} ${status}`).join(', ')}. Validation errors carry \`issues\`; 429 and 503 a Retry-After header; every answer x-request-id.`

const errorReference = { $ref: '#/components/schemas/Error' }
const errorSchema: JsonSchema = {
  type: 'object',
  properties: {
    error: { type: 'string', description: 'What went wrong and where' },
    error_code: { type: 'string', enum: errorCodes.map(([code]) => code) },
    issues: {
      type: 'array',
      items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } },
    },
    execution_id: { type: 'string', description: 'The execution that failed, where there is one' },
  },
  required: ['error'],
}

function operationOf(route: ApiRoute): Omit<ApiOperation, 'operationId'> {
  const { method, path, endpoint, operation } = route
  const words = apiWords[`${method} ${path}`]
  const body = words?.body ?? endpoint.body
  const { scope } = endpoint
  return {
    tags: [tagOf(path)],
    summary: words?.summary ?? (sentenceOf(operation) || `${method} ${path}`),
    description: words?.about ?? '',
    'x-scope': scope,
    security: scope === null ? [] : [{ bearer: [] }, { apikey: [] }],
    parameters: [...pathParameters(path), ...queryParameters(endpoint)],
    ...(body && {
      requestBody: { required: isBodyRequired(body), content: { 'application/json': { schema: jsonSchemaOf(body) } } },
    }),
    responses: {
      [endpoint.status]: {
        description: words?.answer ?? (endpoint.status === 204 ? 'Done' : 'A JSON object'),
        ...(endpoint.status !== 204 && { content: { [words?.type ?? 'application/json']: { schema: {} } } }),
      },
      default: {
        description: 'What went wrong and where',
        content: { 'application/json': { schema: errorReference } },
      },
    },
  }
}

/** For operations that have no name, and for a second route to one. */
function idOfPath({ method, path }: ApiRoute): string {
  return `${method.toLowerCase()}${path.replace(/^\/api/, '').replace(/[^A-Za-z0-9]+/g, '_')}`.replace(/_$/, '')
}

/** `listWorkflows` is `List workflows`. */
function sentenceOf(operation: string): string {
  const words = operation.replace(/([A-Z])/g, ' $1').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The chapter of a path: its first segment, and for what hangs on a workflow the last one that makes a chapter. */
function tagOf(path: string): string {
  if (/^\/api\/workflows\/.*\/executions/.test(path)) return 'Executions'
  const [segment = ''] = path.slice('/api/'.length).split('/')
  return tagNames[segment] ?? (segment.charAt(0).toUpperCase() + segment.slice(1)).replaceAll('-', ' ')
}

/** What people come for stands first. */
const firstTags = ['Workflows', 'Executions', 'Webhooks']

const tagNames: Record<string, string> = {
  auth: 'Sign-in',
  health: 'Operation',
  metrics: 'Operation',
  stats: 'Operation',
  'openapi.json': 'Operation',
  mcp: 'MCP',
}

function pathParameters(path: string): ApiParameter[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: /id$|^vid$/.test(name) && name !== 'block_id' ? { type: 'string', format: 'uuid' } : { type: 'string' },
  }))
}

function queryParameters({ query }: Endpoint): ApiParameter[] {
  const { properties = {}, required = [] } = jsonSchemaOf(query)
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
}

/** An empty body is an empty object, so a body is needed where an object without fields is not taken. */
function isBodyRequired(body: NonNullable<Endpoint['body']>): boolean {
  return !body.safeParse({}).success
}

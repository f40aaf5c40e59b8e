import { toJSONSchema, type ZodType } from 'zod'
import { prefixOf, type AnyEndpoint } from '#platform/contract/endpoint.ts'
import { platformRefusals } from '#platform/contract/refusal.ts'

type Json = Record<string, unknown>

/** What `*` at the end of an address is called here. */
const rest = 'path'

const schemaOf = (schema: ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...json } = toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  }) as Json
  return json
}

/** The OpenAPI 3.1 document of these endpoints. */
export function openApiOf(endpoints: readonly AnyEndpoint[]): Json {
  const paths: Record<string, Json> = {}
  const sorted = endpoints.toSorted((a, b) => (a.path + a.method).localeCompare(b.path + b.method))
  for (const endpoint of sorted) {
    const path =
      prefixOf(endpoint.realm) + endpoint.path.replaceAll(/:(\w+)/g, '{$1}').replace('*', `{${rest}}`)
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(endpoint) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'MaGestionPsy',
      version: '1',
      description:
        'Staff endpoints answer on the back-office host, those under /api/v1/practice on the practice host. A session cookie says who asks. Amounts are integer cents, rates basis points, days YYYY-MM-DD, instants RFC 3339.',
    },
    paths,
    components: {
      securitySchemes: {
        staffSession: { type: 'apiKey', in: 'cookie', name: 'mgp_session' },
        memberSession: { type: 'apiKey', in: 'cookie', name: 'mgp_member_session' },
      },
      schemas: { Error: errorSchema },
    },
  }
}

function operationOf(endpoint: AnyEndpoint): Json {
  const { input } = endpoint
  const parameters = [...parametersOf('path', input.params), ...parametersOf('query', input.query)]
  const body = input.file
    ? Object.fromEntries(
        input.file.mediaTypes.map((type) => [
          type,
          { schema: { type: 'string', format: 'binary', maxLength: input.file?.maxBytes } },
        ]),
      )
    : input.body && { 'application/json': { schema: schemaOf(input.body, 'input') } }
  return {
    operationId: operationIdOf(endpoint),
    summary: endpoint.summary,
    'x-realm': endpoint.realm,
    'x-permission': endpoint.may,
    ...(endpoint.records ? { 'x-records': endpoint.records, 'x-step-up': endpoint.stepUp } : {}),
    security:
      endpoint.may === 'anyone'
        ? []
        : [{ [endpoint.realm === 'member' ? 'memberSession' : 'staffSession']: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: true, content: body } } : {}),
    responses: {
      [endpoint.status]: { description: 'Done', ...contentOf(endpoint) },
      ...refusalsOf(endpoint),
    },
  }
}

/** `getClientsId`; both doors may have the same path. */
function operationIdOf({ method, realm, path }: AnyEndpoint): string {
  const words = `${method.toLowerCase()}${realm === 'member' ? '/practice' : ''}${path.replace('*', rest)}`
  return words.replaceAll(/[^a-z]+(\w)/gi, (_, letter: string) => letter.toUpperCase())
}

function contentOf(endpoint: AnyEndpoint): Json {
  if (endpoint.status === 204) return {}
  if ('stream' in endpoint.output)
    return {
      content: Object.fromEntries(
        endpoint.output.stream.map((type) => [type, { schema: { type: 'string' } }]),
      ),
    }
  return { content: { 'application/json': { schema: schemaOf(endpoint.output, 'output') } } }
}

function parametersOf(place: 'path' | 'query', schema: ZodType | undefined): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Json
    required?: string[]
  }
  return Object.entries(properties).map(([name, type]) => ({
    name: name === '*' ? rest : name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: type,
  }))
}

/** What comes of a practice's state, whatever is asked. */
const ofTenants = ['tenant_suspended', 'tenant_unreachable', 'tenant_read_only', 'tenant_updating'] as const

function refusalsOf(endpoint: AnyEndpoint): Json {
  const byStatus = new Map<number, string[]>()
  const add = (status: number, code: string) => byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  for (const { code, status } of endpoint.refusals) add(status, code)
  const { params, query, body, file } = endpoint.input
  if (query || body) add(platformRefusals.input_invalid, 'input_invalid')
  if (params) add(platformRefusals.not_found, 'not_found')
  if (endpoint.may !== 'anyone') add(platformRefusals.signed_out, 'signed_out')
  if (endpoint.may.includes('.')) add(platformRefusals.forbidden, 'forbidden')
  if (endpoint.realm === 'member' && endpoint.may !== 'anyone')
    for (const code of ofTenants) add(platformRefusals[code], code)
  if (body || file) {
    add(platformRefusals.body_too_large, 'body_too_large')
    add(platformRefusals.media_type_unsupported, 'media_type_unsupported')
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.join(', '),
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    ]),
  )
}

const errorSchema: Json = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'requestId'],
      properties: {
        code: { type: 'string', description: 'Stable name of the refusal' },
        message: { type: 'string', description: "A sentence in the reader's language (Accept-Language)" },
        fields: {
          type: 'array',
          items: {
            type: 'object',
            required: ['in', 'path', 'code', 'message'],
            properties: {
              in: { enum: ['params', 'query', 'body', 'headers'] },
              path: { type: 'string' },
              code: { type: 'string' },
              message: { type: 'string' },
            },
          },
        },
        details: {},
        requestId: { type: 'string' },
      },
    },
  },
}

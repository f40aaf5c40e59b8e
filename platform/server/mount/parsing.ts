import type { FastifyRequest } from 'fastify'
import type { Readable } from 'node:stream'
import { ZodObject, type ZodType } from 'zod'
import type { AnyEndpoint } from '#platform/contract/endpoint.ts'
import type { FieldProblem } from '#platform/contract/refusal.ts'
import { Platform, fieldProblems } from '../errors.ts'
import type { Language } from '../sentences.ts'
import { zodWords, type Sentences } from '../sentences.ts'
import { receiveFile } from '../uploads.ts'

type Place = 'params' | 'query' | 'body'

export type Parsing = {
  /** @throws {Platform} input_invalid with the fields, not_found, media_type_unsupported, body_too_large */
  parse(request: FastifyRequest, language: Language): Promise<Record<string, unknown>>
  /** What the address names, where it names anything: for what is said of a request before it is parsed. */
  tryParams(request: FastifyRequest): unknown
}

/** Reads an endpoint's input off a request. */
export function parsing(endpoint: AnyEndpoint, on: { sentences: Sentences; uploadFolder: string }): Parsing {
  const schemas = {
    params: strict(endpoint.input.params),
    query: strict(endpoint.input.query),
    body: strict(endpoint.input.body),
  }

  async function parse(request: FastifyRequest, language: Language): Promise<Record<string, unknown>> {
    const input: Record<string, unknown> = {}
    const problems: FieldProblem[] = []
    const say = (place: Place, path: string, code: 'unreadable' | 'unknown') =>
      problems.push({ in: place, path, code, message: on.sentences.say(language, `fields.${code}`) })
    const check = (place: Place, value: unknown) => {
      const schema = schemas[place]
      if (!schema) {
        if (typeof value !== 'object' || value === null) say(place, '', 'unreadable')
        if (place !== 'params') for (const path of Object.keys(value ?? {})) say(place, path, 'unknown')
        return
      }
      const parsed = schema.safeParse(value, { error: zodWords[language] })
      if (parsed.success) input[place] = parsed.data
      else problems.push(...fieldProblems(place, parsed.error.issues, language, on.sentences))
    }
    check('params', request.params)
    check('query', request.query)
    if (!endpoint.input.file) check('body', request.body ?? {})
    // An address that cannot name anything is not found, whatever else is wrong.
    if (problems.some((problem) => problem.in === 'params')) throw new Platform('not_found')
    if (problems.length > 0) throw new Platform('input_invalid', { fields: problems })
    if (endpoint.input.file) {
      const mediaType = (request.headers['content-type'] ?? '').split(';')[0]!.trim() // split gives at least one part
      if (!endpoint.input.file.mediaTypes.includes(mediaType)) throw new Platform('media_type_unsupported')
      // Before a byte of it is read: once a body is broken off, its sender hears no answer any more.
      if (Number(request.headers['content-length']) > endpoint.input.file.maxBytes)
        throw new Platform('body_too_large')
      // The parser for files hands the stream on.
      const body = request.body as Readable
      input['file'] = await receiveFile(body, mediaType, endpoint.input.file, on.uploadFolder)
    }
    return input
  }

  return { parse, tryParams: (request) => schemas.params?.safeParse(request.params).data }
}

/** What an input does not know, it refuses: a mistyped filter must not quietly show everything. */
function strict(schema: ZodType | undefined): ZodType | undefined {
  return schema instanceof ZodObject ? schema.strict() : schema
}

import type { FastifyError } from 'fastify'
import type { $ZodIssue } from 'zod/v4/core'
import {
  platformRefusals,
  type ErrorBody,
  type FieldProblem,
  type PlatformRefusalCode,
} from '#platform/contract/refusal.ts'
import { isOutage, pgCode } from './db.ts'
import { NotFound, Refused, TooMany, WrongField } from './requests.ts'
import type { Language, Sentences } from './sentences.ts'

/** A platform's own refusal. */
export class Platform extends Error {
  readonly code: PlatformRefusalCode
  readonly fields: FieldProblem[] | undefined
  readonly details: unknown
  /** Whom to ask depends on who was refused. */
  readonly to: 'member' | 'former_member' | undefined
  /** What its sentence says besides. */
  readonly values: Record<string, string | number> | undefined
  constructor(
    code: PlatformRefusalCode,
    about: {
      fields?: FieldProblem[]
      details?: unknown
      cause?: unknown
      to?: 'member' | 'former_member' | undefined
      values?: Record<string, string | number>
    } = {},
  ) {
    super(code, { cause: about.cause })
    this.code = code
    this.fields = about.fields
    this.details = about.details
    this.to = about.to
    this.values = about.values
  }
}

/** Seconds after which asking again makes sense. */
const retryAfter: { readonly [Code in PlatformRefusalCode]?: number } = {
  unavailable: 2,
  tenant_unreachable: 5,
  tenant_read_only: 5,
  tenant_updating: 5,
}

export type Answer = { status: number; body: ErrorBody; retryAfter?: number; bug: boolean }

/** Turns whatever was thrown into the answer a person can act on. What nobody foresaw is a bug: 500 with the request id. */
export function answerTo(
  error: unknown,
  about: { requestId: string; language: Language; sentences: Sentences },
): Answer {
  const { language, sentences, requestId } = about
  const platform = (
    code: PlatformRefusalCode,
    more: {
      fields?: FieldProblem[] | undefined
      details?: unknown
      retryAfter?: number
      values?: Record<string, string | number> | undefined
      sentence?: string
    } = {},
  ): Answer => ({
    status: platformRefusals[code],
    body: {
      error: {
        code,
        message: sentences.say(language, `refusals.${more.sentence ?? code}`, more.values),
        ...(more.fields ? { fields: more.fields } : {}),
        ...(more.details === undefined ? {} : { details: more.details }),
        requestId,
      },
    },
    ...(more.retryAfter ? { retryAfter: more.retryAfter } : {}),
    bug: code === 'internal',
  })

  if (error instanceof Refused) {
    const { code, status } = error.refusal
    const message = sentences.say(language, `refusals.${code}`, error.values)
    return {
      status,
      body: {
        error: {
          code,
          message,
          ...(error.details === undefined ? {} : { details: error.details }),
          requestId,
        },
      },
      bug: false,
    }
  }
  if (error instanceof NotFound) return platform('not_found')
  if (error instanceof Platform) {
    const again = retryAfter[error.code]
    return platform(error.code, {
      fields: error.fields,
      details: error.details,
      ...(error.to && { sentence: `${error.code}.${error.to}` }),
      ...(error.values && { values: error.values }),
      ...(again && { retryAfter: again }),
    })
  }
  if (error instanceof TooMany)
    return platform('too_many_requests', { retryAfter: error.seconds, values: { seconds: error.seconds } })
  if (error instanceof WrongField) {
    const message = sentences.say(language, `fields.${error.code}`, error.values)
    return platform('input_invalid', {
      fields: [{ in: error.place, path: error.path, code: error.code, message }],
    })
  }
  if (isOutage(error)) return platform('unavailable', { retryAfter: 2 })
  // 57014: statement timeout. The question was too heavy for now, which is not the same as broken.
  if (pgCode(error) === '57014') return platform('unavailable', { retryAfter: 5 })
  // 40P01: two waited for each other and this one gave way, with nothing done.
  if (pgCode(error) === '40P01') return platform('unavailable', { retryAfter: 1 })

  const { code, statusCode } = error as Partial<FastifyError>
  if (code === 'FST_ERR_BAD_URL') return platform('not_found')
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return platform('body_too_large')
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return platform('media_type_unsupported')
  if (code === 'FST_UNDER_PRESSURE') return platform('unavailable', { retryAfter: 2 })
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return platform('input_invalid', {
      fields: [
        { in: 'body', path: '', code: 'unreadable', message: sentences.say(language, 'fields.unreadable') },
      ],
    })
  }
  return platform('internal')
}

/** Zod's issues as field problems; a code of ours set on a schema (`error: 'control_characters'`) is put into words here. */
export function fieldProblems(
  place: FieldProblem['in'],
  issues: readonly $ZodIssue[],
  language: Language,
  sentences: Sentences,
): FieldProblem[] {
  return issues.flatMap((issue): FieldProblem[] => {
    const path = issue.path.map(String).join('.')
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        in: place,
        path: path ? `${path}.${key}` : key,
        code: 'unknown',
        message: sentences.say(language, 'fields.unknown'),
      }))
    }
    const ours =
      issue.code === 'custom' && typeof issue.params?.['code'] === 'string'
        ? issue.params['code']
        : issue.message
    const known = sentences.has(`fields.${ours}`)
    return [
      {
        in: place,
        path,
        code: known ? ours : issue.code,
        message: known ? sentences.say(language, `fields.${ours}`) : issue.message,
      },
    ]
  })
}

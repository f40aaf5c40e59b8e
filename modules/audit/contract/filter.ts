import { z } from 'zod'
import { Day, Id, Instant, line } from '#platform/contract/ids.ts'

/**
 * What came of it. `seen`: somebody looked at what is sensitive, and nothing changed; an intent and its outcome are the
 * two entries of an action in a tenant's database.
 */
export const results = ['done', 'seen', 'refused', 'intended', 'failed'] as const
export type Result = (typeof results)[number]

/** More verbs than this are no choice any more. */
export const verbsAtOnce = 40

/** `a,b` or a repeated parameter, as an array without doubles. */
const listOf = <Value extends string>(isOne: (value: string) => value is Value, code: string) =>
  z
    .union([z.string().max(4_000), z.array(z.string().max(80)).max(verbsAtOnce)])
    .transform((given, ctx): Value[] => {
      const asked = [...new Set(typeof given === 'string' ? given.split(',') : given)]
      const known = asked.filter(isOne)
      if (known.length < asked.length) ctx.addIssue({ code: 'custom', params: { code } })
      else if (asked.length > verbsAtOnce)
        ctx.addIssue({ code: 'too_big', origin: 'array', maximum: verbsAtOnce, input: given })
      return known
    })

/** `client.status_changed`. A verb of the past may be one that nothing writes any more. */
const isVerb = (code: string): code is string =>
  code.length <= 80 && /^[a-z][a-z_]*(\.[a-z][a-z_]*)+$/.test(code)
const isResult = (code: string): code is Result => results.some((result) => result === code)

/** An instant, or a day by the clock on a wall in Paris. The years are those PostgreSQL can read again. */
const Moment = z.union([Day, Instant.regex(/^(19|20|21)\d\d-/)], { error: 'moment_wrong' })

/** Which entries: the same words in the log's address, in a saved search and in an export. All that is given must hold. */
export const AuditFilter = z.strictObject({
  /**
   * Words of the verb or the object (in French or English, or as codes), of a client's or colleague's name, or of reason
   * and ticket; accents and case do not count. Or an id, whole.
   */
  q: line(200).optional(),
  /** A staff member: what they did, and what was done to them. */
  person: Id.optional(),
  /** Who acted: a person's id, or how work without a person names itself: `system`, `mgp clients import`. */
  actor: line(200).min(1).optional(),
  /** On whose behalf, where the actor worked for somebody else. */
  subject: line(200).min(1).optional(),
  objectType: line(40).min(1).optional(),
  /** The object's id; actions on many objects count where it was one of them. */
  object: line(200).min(1).optional(),
  verb: listOf(isVerb, 'verb_wrong').optional(),
  result: listOf(isResult, 'result_wrong').optional(),
  /** From the beginning of a day, or an instant on. */
  from: Moment.optional(),
  /** To the end of a day, or before an instant. */
  to: Moment.optional(),
  /** An address, whole, in any spelling. */
  ip: line(60).min(1).optional(),
})
export type AuditFilter = z.infer<typeof AuditFilter>
/** As it travels: `verb: 'client.created,client.updated'`. */
export type AuditFilterInput = z.input<typeof AuditFilter>

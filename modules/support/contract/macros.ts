/** Macros: an answer kept ready, with all that is done besides; shown whole before anything happens. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, line, Revision } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { Body, patientDataByMail, TicketMessage, saidMeanwhile } from './conversation.ts'
import { Person, Priority, TagName, Ticket, ticketPutAway, TicketTopic } from './ticket.ts'

/** Whose: one's own, a team's, or everybody's. */
export const reaches = ['personal', 'team', 'everyone'] as const
export const Reach = z.enum(reaches)

/**
 * What `{{…}}` in a text stands for; `{{client.first_name|Madame, Monsieur}}` says what stands there when nothing is known,
 * and `{{?Numéro de facture}}` is asked for when the macro is used.
 */
export const macroVariables = [
  'client.first_name',
  'client.last_name',
  'client.email',
  'practice.name',
  'requester.name',
  'ticket.number',
  'ticket.subject',
  'agent.first_name',
  'agent.name',
  'today',
] as const

/** One thing a macro does. */
export const MacroAction = z.discriminatedUnion('do', [
  z.object({ do: z.literal('reply'), body: Body }),
  z.object({ do: z.literal('note'), body: Body }),
  z.object({ do: z.literal('priority'), priority: Priority }),
  z.object({ do: z.literal('topic'), topic: TicketTopic }),
  z.object({ do: z.literal('progress'), progress: z.int().min(0).max(100) }),
  z.object({ do: z.literal('tag'), add: z.array(TagName).max(10), remove: z.array(TagName).max(10) }),
  /** `me`: who uses it. */
  z.object({ do: z.literal('assign'), to: z.union([z.literal('me'), z.literal('nobody'), Id]) }),
  z.object({ do: z.literal('wait') }),
  z.object({ do: z.literal('snooze'), days: z.int().min(1).max(365) }),
  z.object({ do: z.literal('resolve') }),
])
export type MacroAction = z.infer<typeof MacroAction>

/** Each kind once, one of `wait` and `resolve`. */
const Actions = z
  .array(MacroAction)
  .min(1, { error: 'macro_does_nothing' })
  .max(10)
  .refine((all) => new Set(all.map((one) => one.do)).size === all.length, {
    params: { code: 'macro_twice' },
  })
  .refine((all) => !(all.some((one) => one.do === 'wait') && all.some((one) => one.do === 'resolve')), {
    params: { code: 'macro_waits_and_resolves' },
  })

export const Macro = z.object({
  id: Id,
  title: z.string(),
  reach: Reach,
  owner: Person.nullable(),
  team: Person.nullable(),
  actions: z.array(MacroAction),
  revision: z.int(),
  trashedAt: Instant.nullable(),
  /** Times it was used in the last thirty days, and ever. */
  uses: z.object({ month: z.int(), ever: z.int() }),
  lastUsedAt: Instant.nullable(),
  /** The asking person may change it. */
  mayChange: z.boolean(),
})
export type Macro = z.infer<typeof Macro>

/** Exactly what would happen, and what is missing for it to. */
export const MacroOutcome = z.object({
  /** With every variable in its place; null where it says nothing to the customer. */
  reply: z.string().nullable(),
  note: z.string().nullable(),
  /** Before and after, field by field, as they are called and shown. */
  changes: z.array(
    z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
  /** Asked for now: `{{?…}}`. */
  questions: z.array(z.object({ name: z.string(), answered: z.boolean() })),
  /** Variables for which nothing is known and which have no fallback: it is not done until none is left. */
  unresolved: z.array(z.string()),
  /** Ticket revision it was worked out for. */
  revision: z.int(),
})
export type MacroOutcome = z.infer<typeof MacroOutcome>

export const macroChanged = refusal('macro_changed')
export const macroNotYours = refusal('macro_not_yours', 403)
/** A variable that nothing stands behind, `details.variables`; or a word that is no variable. */
export const macroUnresolved = refusal('macro_unresolved', 422)
/** The ticket changed since the outcome was shown; `details.outcome` is what would happen now. */
export const macroOutdated = refusal('macro_outdated')

const touches = ['macros'] as const
const one = z.object({ id: Id })
const words = { title: line(120).min(1), reach: Reach, teamId: Id.nullable().default(null), actions: Actions }
const Answers = z.record(z.string().max(120), line(500))

export const listMacros = endpoint({
  method: 'GET',
  realm: 'staff',
  may: 'tickets.read',
  path: '/macros',
  summary: 'Macros one may use, the most used first',
  input: { query: z.object({ q: line(100).optional(), trashed: z.enum(['yes']).optional() }) },
  output: z.object({ rows: z.array(Macro) }),
  refreshedBy: ['macros'],
})

export const addMacro = endpoint({
  method: 'POST',
  realm: 'staff',
  may: 'tickets.write',
  records: 'macro.added',
  stepUp: false,
  path: '/macros',
  summary: 'Keeps a macro for oneself',
  input: { body: z.object({ title: words.title, actions: words.actions }) },
  output: Macro,
  status: 201,
  refusals: [macroUnresolved],
  touches,
})

export const addSharedMacro = endpoint({
  method: 'POST',
  realm: 'staff',
  may: 'macros.manage',
  records: 'macro.added',
  stepUp: false,
  path: '/macros/shared',
  summary: 'Keeps a macro for a team or for everybody',
  input: { body: z.object({ ...words, reach: Reach.exclude(['personal']) }) },
  output: Macro,
  status: 201,
  refusals: [macroUnresolved],
  touches,
})

export const updateMacro = endpoint({
  method: 'PUT',
  realm: 'staff',
  may: 'tickets.write',
  records: 'macro.updated',
  stepUp: false,
  path: '/macros/:id',
  summary: 'Changes a macro',
  input: { params: one, body: z.object({ revision: Revision, ...words }) },
  output: Macro,
  refusals: [macroChanged, macroNotYours, macroUnresolved],
  touches,
})

export const trashMacro = endpoint({
  method: 'PUT',
  realm: 'staff',
  may: 'tickets.write',
  records: 'macro.trashed',
  stepUp: false,
  path: '/macros/:id/trashing',
  summary: 'Puts a macro into the trash, or takes it out again',
  input: { params: one, body: z.object({ trashed: z.boolean() }) },
  output: Macro,
  refusals: [macroNotYours],
  touches,
})

export const previewMacro = endpoint({
  method: 'GET',
  realm: 'staff',
  may: 'tickets.read',
  path: '/tickets/:id/macros/:macroId',
  summary: 'Exactly what a macro would do to this ticket, with the answers given so far (as JSON)',
  input: {
    params: one.extend({ macroId: Id }),
    query: z.object({ answers: z.string().max(4_000).default('{}') }),
  },
  output: MacroOutcome,
  refreshedBy: ['tickets', 'macros'],
})

export const applyMacro = endpoint({
  method: 'POST',
  realm: 'staff',
  may: 'tickets.write',
  records: 'ticket.macro_applied',
  about: 'ticket',
  stepUp: false,
  path: '/tickets/:id/macros/:macroId',
  summary: 'Does what was shown; the reply can be taken back for fifteen seconds as any other',
  input: {
    params: one.extend({ macroId: Id }),
    body: z.object({
      revision: Revision,
      answers: Answers.default({}),
      seenMessageId: Id.nullable(),
      /** The reply as the writer changed it in the preview. */
      reply: Body.optional(),
      /** It goes by mail and looks like a patient’s data, and shall leave all the same. */
      insists: z.boolean().default(false),
    }),
  },
  output: z.object({ ticket: Ticket, message: TicketMessage.nullable() }),
  refusals: [ticketPutAway, macroUnresolved, macroOutdated, saidMeanwhile, patientDataByMail],
  touches: ['tickets', 'macros'],
})

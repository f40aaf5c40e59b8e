/** What happens by itself when a promise comes near or is late, as a policy says. */
import { z } from 'zod'
import { Id } from '#platform/contract/ids.ts'
import { Priority, TagName, TargetName } from './ticket.ts'

export const escalationMoments = ['warning', 'breach'] as const
export const EscalationMoment = z.enum(escalationMoments)
export type EscalationMoment = z.infer<typeof EscalationMoment>

/** One thing an escalation does. None of them undoes what another did: so none can go round in a circle. */
export const EscalationAction = z.discriminatedUnion('do', [
  /** Raised to this, and never lowered. */
  z.object({ do: z.literal('priority'), priority: Priority }),
  z.object({ do: z.literal('assign'), to: Id }),
  z.object({ do: z.literal('team'), to: Id }),
  z.object({ do: z.literal('tag'), add: z.array(TagName).min(1).max(10) }),
  /** In the app and by mail; `lead`: whoever leads the team it stands with once all else is done. */
  z
    .object({ do: z.literal('tell'), lead: z.boolean(), people: z.array(Id).max(20) })
    .refine(({ lead, people }) => lead || people.length > 0, { params: { code: 'escalation_tells_nobody' } }),
])
export type EscalationAction = z.infer<typeof EscalationAction>

export const Escalation = z.object({
  when: EscalationMoment,
  /** Null: whichever promise it is. */
  target: TargetName.nullable(),
  do: z
    .array(EscalationAction)
    .min(1, { error: 'escalation_does_nothing' })
    .max(5)
    .refine((all) => new Set(all.map((one) => one.do)).size === all.length, {
      params: { code: 'escalation_twice' },
    }),
})
export type Escalation = z.infer<typeof Escalation>

export const Escalations = z.array(Escalation).max(12)

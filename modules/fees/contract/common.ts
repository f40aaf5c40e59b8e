import { z } from 'zod'
import { Id } from '#platform/contract/ids.ts'

export const member = { realm: 'member', stepUp: false } as const

/** Somebody, as lists name them. */
export const Named = z.object({ id: Id, name: z.string() })

/** What money can be owed for: an appointment, or something of its own such as a written report. */
export const dueKinds = ['appointment', 'extra'] as const
export const DueKind = z.enum(dueKinds)

export const DueRef = z.object({ kind: DueKind, id: Id })
export type DueRef = z.infer<typeof DueRef>

/** What one amount may come to: a hundred thousand euros. */
export const mostCents = 10_000_000
/** An amount in cents, more than nothing. */
export const Amount = z.int().min(1).max(mostCents)

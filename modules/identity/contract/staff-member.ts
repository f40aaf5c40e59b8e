import { z } from 'zod'
import { Id, Instant } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'

/** Somebody of a higher level, or of one's own (the top level excepted). */
export const aboveYourLevel = refusal('above_your_level', 403)
export const notYourself = refusal('not_yourself', 403)
export const lastSuperAdministrator = refusal('last_super_administrator')
export const notInvited = refusal('not_invited')
export const alreadySuspended = refusal('already_suspended')
export const notSuspended = refusal('not_suspended')
/** A role holds more than oneself may do, or stands higher. */
export const roleNotYours = refusal('role_not_yours', 403)

export const StaffState = z.enum(['invited', 'enrolling', 'active', 'suspended'])
export type StaffState = z.infer<typeof StaffState>

export const HeldRole = z.object({ id: Id, key: z.string(), name: z.string().nullable() })

export const StaffMember = z.object({
  id: Id,
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  /** invited: no password yet; enrolling: a password and no second factor. */
  state: StaffState,
  /** Highest level first. */
  roles: z.array(HeldRole),
  level: z.int(),
  factors: z.object({ authenticator: z.boolean(), passkeys: z.int(), recoveryCodesLeft: z.int() }),
  openSessions: z.int(),
  lastSignInAt: Instant.nullable(),
  createdAt: Instant,
  suspendedAt: Instant.nullable(),
  /** Whether the person asking stands above them. */
  manageable: z.boolean(),
})
export type StaffMember = z.infer<typeof StaffMember>

import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, line, text } from '#platform/contract/ids.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { OpenSession } from './account.ts'

/** Somebody of a higher level, or of one's own (the top level excepted). */
export const aboveYourLevel = refusal('above_your_level', 403)
export const notYourself = refusal('not_yourself', 403)
export const lastSuperAdministrator = refusal('last_super_administrator')
export const notInvited = refusal('not_invited')
export const alreadySuspended = refusal('already_suspended')
export const notSuspended = refusal('not_suspended')
export const factorResetOpen = refusal('factor_reset_open')
export const factorResetOver = refusal('factor_reset_over')
export const alreadyApproved = refusal('already_approved')
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

export const FactorReset = z.object({
  id: Id,
  staffId: Id,
  name: z.string(),
  reason: z.string(),
  requestedAt: Instant,
  /** Null: the person. */
  requestedBy: z.string().nullable(),
  approvals: z.array(z.object({ name: z.string(), at: Instant })),
  /** waiting: for approvals; delayed: approved, until `effectiveAt`; done; cancelled. */
  state: z.enum(['waiting', 'delayed', 'done', 'cancelled']),
  effectiveAt: Instant.nullable(),
  /** Whether the person asking could be the next to approve. */
  approvable: z.boolean(),
})
export type FactorReset = z.infer<typeof FactorReset>

export const StaffDetail = StaffMember.extend({
  suspendedBy: z.string().nullable(),
  suspensionReason: z.string().nullable(),
  invitation: z.object({ sentAt: Instant, expiresAt: Instant }).nullable(),
  sessions: z.array(OpenSession),
  roleHistory: z.array(
    z.object({
      role: HeldRole,
      givenAt: Instant,
      givenBy: z.string().nullable(),
      endedAt: Instant.nullable(),
      endedBy: z.string().nullable(),
    }),
  ),
  factorReset: FactorReset.nullable(),
})
export type StaffDetail = z.infer<typeof StaffDetail>

const one = { params: z.object({ id: Id }) }
const about = 'staff_member'
const reads = { realm: 'staff', may: 'staff.read', about } as const
const manages = { realm: 'staff', may: 'staff.manage', about } as const
const resets = { realm: 'staff', may: 'staff.reset_factors' } as const

export const listStaff = endpoint({
  ...reads,
  method: 'GET',
  path: '/staff',
  summary: "The vendor's team",
  input: {
    query: z.object({
      ...pageQuery,
      q: line(200).optional(),
      state: StaffState.optional(),
      role: Id.optional(),
    }),
  },
  output: pageOf(StaffMember).extend({
    counts: z.object({ invited: z.int(), enrolling: z.int(), active: z.int(), suspended: z.int() }),
  }),
  refreshedBy: ['staff'],
})

export const getStaff = endpoint({
  ...reads,
  method: 'GET',
  path: '/staff/:id',
  records: 'staff.read',
  summary: 'One staff member, with open sessions, factors and the history of roles',
  input: one,
  output: StaffDetail,
  refreshedBy: ['staff', 'factor_resets'],
})

export const inviteStaff = endpoint({
  ...manages,
  method: 'POST',
  path: '/staff',
  records: 'staff.invited',
  stepUp: true,
  summary: 'Makes an account and mails its invitation, good for seven days',
  input: {
    body: z.object({
      email: line(254).min(1),
      firstName: line(100).min(1),
      lastName: line(100).min(1),
      language: z.enum(['fr', 'en']).default('fr'),
      roles: z.array(Id).min(1).max(20),
    }),
  },
  output: StaffMember,
  status: 201,
  refusals: [roleNotYours],
  touches: ['staff'],
})

export const resendInvitation = endpoint({
  ...manages,
  method: 'POST',
  path: '/staff/:id/invitation',
  records: 'staff.invitation_repeated',
  stepUp: false,
  summary: 'Mails the invitation again; the former link no longer works',
  input: one,
  output: z.undefined(),
  status: 204,
  refusals: [notInvited, alreadySuspended, aboveYourLevel],
  touches: ['staff'],
})

export const updateStaff = endpoint({
  ...manages,
  method: 'PATCH',
  path: '/staff/:id',
  records: 'staff.updated',
  stepUp: true,
  summary: 'Corrects name or e-mail address; both addresses are told when it changes',
  input: {
    ...one,
    body: z.object({
      email: line(254).min(1).optional(),
      firstName: line(100).min(1).optional(),
      lastName: line(100).min(1).optional(),
    }),
  },
  output: StaffMember,
  refusals: [aboveYourLevel],
  touches: ['staff'],
})

export const suspendStaff = endpoint({
  ...manages,
  method: 'PUT',
  path: '/staff/:id/suspension',
  records: 'staff.suspended',
  stepUp: true,
  summary: 'Suspends an account and ends its sessions at once',
  input: { ...one, body: z.object({ reason: text(500).trim().min(1) }) },
  output: StaffMember,
  refusals: [aboveYourLevel, notYourself, lastSuperAdministrator, alreadySuspended],
  touches: ['staff', 'security'],
})

export const reactivateStaff = endpoint({
  ...manages,
  method: 'DELETE',
  path: '/staff/:id/suspension',
  records: 'staff.reactivated',
  stepUp: true,
  summary: 'Lets a suspended person in again',
  input: one,
  output: StaffMember,
  refusals: [aboveYourLevel, notSuspended],
  touches: ['staff'],
})

export const previewStaffRoles = endpoint({
  ...manages,
  method: 'GET',
  path: '/staff/:id/roles/preview',
  summary: 'What somebody would gain and lose by other roles',
  input: { ...one, query: z.object({ roles: z.string().max(800).describe('ids, separated by commas') }) },
  output: z.object({
    gains: z.array(z.string()),
    losses: z.array(z.string()),
    /** Kept, but no longer as far as before. */
    limited: z.array(z.string()),
  }),
})

export const setStaffRoles = endpoint({
  ...manages,
  method: 'PUT',
  path: '/staff/:id/roles',
  records: 'staff.roles_changed',
  stepUp: true,
  summary: 'Gives somebody exactly these roles, at once',
  input: { ...one, body: z.object({ roles: z.array(Id).min(1).max(20) }) },
  output: StaffMember,
  refusals: [aboveYourLevel, notYourself, roleNotYours, lastSuperAdministrator],
  touches: ['staff'],
})

export const endStaffSession = endpoint({
  ...manages,
  method: 'DELETE',
  path: '/staff/:id/sessions/:session',
  records: 'staff.session_ended',
  stepUp: false,
  summary: "Ends one of somebody's sessions",
  input: { params: z.object({ id: Id, session: Id }) },
  output: z.undefined(),
  status: 204,
  touches: ['staff', 'security'],
})

export const endStaffSessions = endpoint({
  ...manages,
  method: 'DELETE',
  path: '/staff/:id/sessions',
  records: 'staff.sessions_ended',
  stepUp: false,
  summary: "Ends all of somebody's sessions",
  input: one,
  output: z.object({ ended: z.int() }),
  touches: ['staff', 'security'],
})

/** An administrator sends the link; nobody but the person chooses the password. */
export const sendPasswordReset = endpoint({
  ...manages,
  method: 'POST',
  path: '/staff/:id/password-reset',
  records: 'staff.password_reset_offered',
  stepUp: false,
  summary: 'Mails somebody a link to choose another password',
  input: one,
  output: z.undefined(),
  status: 204,
  refusals: [aboveYourLevel, alreadySuspended],
})

export const listFactorResets = endpoint({
  ...resets,
  method: 'GET',
  path: '/factor-resets',
  summary: 'Lost second factors: what waits first, then the last hundred',
  output: z.object({ rows: z.array(FactorReset) }),
  refreshedBy: ['factor_resets'],
})

/** Counts as the first of the two approvals. */
export const startFactorReset = endpoint({
  ...resets,
  method: 'POST',
  path: '/staff/:id/factor-reset',
  about,
  records: 'factor_reset.requested',
  stepUp: true,
  summary: "Asks for the reset of somebody's lost second factor",
  input: { ...one, body: z.object({ reason: text(500).trim().min(1) }) },
  output: FactorReset,
  status: 201,
  refusals: [notYourself, alreadySuspended, factorResetOpen],
  touches: ['factor_resets', 'staff'],
})

export const approveFactorReset = endpoint({
  ...resets,
  method: 'POST',
  path: '/factor-resets/:id/approvals',
  records: 'factor_reset.approved',
  stepUp: true,
  summary: 'Approves; with the second approval the delay begins, and the person is told',
  input: one,
  output: FactorReset,
  refusals: [notYourself, alreadyApproved, factorResetOver],
  touches: ['factor_resets', 'staff'],
})

export const cancelFactorReset = endpoint({
  ...resets,
  method: 'DELETE',
  path: '/factor-resets/:id',
  records: 'factor_reset.cancelled',
  stepUp: true,
  summary: 'Calls a reset off before it happened',
  input: one,
  output: FactorReset,
  refusals: [factorResetOver],
  touches: ['factor_resets', 'staff'],
})

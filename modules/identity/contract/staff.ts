import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, line, text } from '#platform/contract/ids.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { OpenSession } from './account.ts'
import { FactorReset } from './factor-resets.ts'
import {
  aboveYourLevel,
  alreadySuspended,
  HeldRole,
  lastSuperAdministrator,
  notInvited,
  notSuspended,
  notYourself,
  roleNotYours,
  StaffMember,
  StaffState,
} from './staff-member.ts'

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

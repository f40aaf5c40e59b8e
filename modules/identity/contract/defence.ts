import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant } from '#platform/contract/ids.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { Factor } from './signing-in.ts'

export const SignInEvent = z.object({
  id: Id,
  at: Instant,
  kind: z.enum([
    'signed_in',
    'stepped_up',
    'password_wrong',
    'factor_wrong',
    'account_unknown',
    'account_suspended',
  ]),
  /** Null where no account has the address that was typed. */
  staffId: Id.nullable(),
  name: z.string().nullable(),
  factor: Factor.nullable(),
  ip: z.string(),
  country: z.string().nullable(),
  browser: z.string().nullable(),
  system: z.string().nullable(),
  newDevice: z.boolean(),
  newNetwork: z.boolean(),
  failuresBefore: z.int(),
  suspicious: z.boolean(),
})
export type SignInEvent = z.infer<typeof SignInEvent>

export const AddressBlock = z.object({
  id: Id,
  /** One IPv4 address, or an IPv6 network: `2001:db8::/64`. */
  network: z.string(),
  country: z.string().nullable(),
  reason: z.enum(['too_many_failures', 'neighbouring_failures']),
  /** Tries it answered since. */
  refused: z.int(),
  createdAt: Instant,
  lastRefusedAt: Instant.nullable(),
  until: Instant,
  liftedAt: Instant.nullable(),
  liftedBy: z.string().nullable(),
  active: z.boolean(),
})
export type AddressBlock = z.infer<typeof AddressBlock>

export const getDefence = endpoint({
  method: 'GET',
  path: '/security',
  realm: 'staff',
  may: 'security.read',
  summary:
    'How things stand: tries of the last day by the hour, blocks, suspicious sign-ins, resets that wait',
  output: z.object({
    /** Everybody unknown waits: the whole installation is being tried. */
    underAttack: z.boolean(),
    activeBlocks: z.int(),
    suspiciousLastWeek: z.int(),
    openSessions: z.int(),
    waitingFactorResets: z.int(),
    /** 24 hours, the oldest first. */
    hours: z.array(z.object({ from: Instant, failed: z.int(), succeeded: z.int() })),
  }),
  refreshedBy: ['security', 'factor_resets'],
})

export const listBlocks = endpoint({
  method: 'GET',
  path: '/security/blocks',
  realm: 'staff',
  may: 'security.read',
  records: 'address_block.listed',
  summary: 'Blocked addresses, the latest first',
  input: { query: z.object({ ...pageQuery, state: z.enum(['active', 'all']).default('active') }) },
  output: pageOf(AddressBlock),
  refreshedBy: ['security'],
})

export const liftBlock = endpoint({
  method: 'DELETE',
  path: '/security/blocks/:id',
  realm: 'staff',
  may: 'security.manage',
  records: 'address_block.lifted',
  stepUp: true,
  summary: 'Lets an address try again',
  input: { params: z.object({ id: Id }) },
  output: AddressBlock,
  touches: ['security'],
})

export const listSignIns = endpoint({
  method: 'GET',
  path: '/security/sign-ins',
  realm: 'staff',
  may: 'security.read',
  records: 'sign_in.listed',
  summary: 'Sign-ins and failed tries, the latest first',
  input: {
    query: z.object({
      ...pageQuery,
      what: z.enum(['suspicious', 'failed', 'succeeded', 'all']).default('suspicious'),
      staff: Id.optional(),
    }),
  },
  output: pageOf(SignInEvent),
  refreshedBy: ['security'],
})

export const endEveryonesSessions = endpoint({
  method: 'DELETE',
  path: '/security/sessions',
  realm: 'staff',
  may: 'security.manage',
  records: 'session.everyones_ended',
  stepUp: true,
  summary: "Ends every open session but one's own",
  output: z.object({ ended: z.int() }),
  touches: ['security', 'staff'],
})

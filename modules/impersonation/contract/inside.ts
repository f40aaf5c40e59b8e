/** Coming in with a key, and going out again: what the practice host answers to somebody who stands in for a member. */
import { z } from 'zod'
import { MemberMe } from '#contract/identity'
import { endpoint } from '#platform/contract/endpoint.ts'
import { refusal } from '#platform/contract/refusal.ts'

/** Used before, too late, of another browser, or of nobody any more: which of them it was is not told. */
export const keyRefused = refusal('impersonation_key_refused', 403)

/** The browser’s own half lies in its cookie `handover`. */
export const enterImpersonation = endpoint({
  realm: 'member',
  method: 'POST',
  path: '/impersonation',
  may: 'anyone',
  records: 'impersonation.started',
  about: 'impersonation',
  stepUp: false,
  impersonated: 'refused',
  summary: 'Opens the practice with a key, once',
  input: { body: z.object({ key: z.string().max(100) }) },
  output: MemberMe,
  status: 201,
  refusals: [keyRefused],
})

/** Answers whoever’s impersonation is over, too: it takes the cookie away. */
export const leaveImpersonation = endpoint({
  realm: 'member',
  method: 'DELETE',
  path: '/impersonation',
  may: 'anyone',
  // Also of whoever was shown the door before, and of a browser that only has the cookie still.
  records: 'impersonation.signed_out',
  about: 'impersonation',
  stepUp: false,
  impersonated: 'own',
  summary: 'Ends the impersonation; the staff session wakes',
  output: z.object({ /** The back-office, where it was asked for. */ backTo: z.url() }),
})

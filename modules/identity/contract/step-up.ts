import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Instant } from '#platform/contract/ids.ts'
import {
  codeAlreadyUsed,
  codeWrong,
  Factor,
  passkeyRefused,
  PasskeyOptions,
  ShownFactor,
} from './signing-in.ts'

export const getStepUp = endpoint({
  method: 'GET',
  path: '/session/step-up',
  realm: 'staff',
  may: 'signed_in',
  summary: 'Which second factors the signed-in person can show',
  output: z.object({ methods: z.array(Factor), passkey: PasskeyOptions.nullable() }),
})

/** Counts in the same place as the second step of signing in: no more tries here than there. */
export const stepUp = endpoint({
  method: 'POST',
  path: '/session/step-up',
  realm: 'staff',
  may: 'signed_in',
  records: 'session.stepped_up',
  stepUp: false,
  summary: 'Shows a second factor again; the session gets a new token and is fresh for five minutes',
  input: { body: ShownFactor },
  output: z.object({ until: Instant }),
  refusals: [codeWrong, codeAlreadyUsed, passkeyRefused],
})

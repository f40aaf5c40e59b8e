import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { text } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { Me } from './session.ts'

export const credentialsWrong = refusal('credentials_wrong', 403)
export const codeWrong = refusal('code_wrong', 403)
export const codeAlreadyUsed = refusal('code_already_used', 403)
export const passkeyRefused = refusal('passkey_refused', 403)
export const signInExpired = refusal('sign_in_expired', 410)
export const factorResetAsked = refusal('factor_reset_asked')

/** What somebody may show as a second factor. A passkey with user verification stands for both. */
export const Factor = z.enum(['totp', 'passkey', 'recovery_code'])
export type Factor = z.infer<typeof Factor>

/** Options and answers of the browser's passkey dialogs, in WebAuthn level 3's JSON; checked by the server's library. */
export const PasskeyOptions = z.record(z.string(), z.unknown())
export const PasskeyResponse = z
  .looseObject({ id: z.string().min(1).max(2_000), type: z.literal('public-key') })
  .refine((response) => JSON.stringify(response).length <= 20_000)

/** Three and three, as people copy them. */
export const sixDigits = z
  .string()
  .trim()
  .regex(/^\d{3}\s?\d{3}$/, { error: 'code_six_digits' })
/** Twelve letters and digits, as people copy them: in groups or not, in capitals or not. */
const recoveryCode = z.string().trim().min(1).max(40)

/** One second factor, shown. */
export const ShownFactor = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('totp'), code: sixDigits }),
  z.strictObject({ method: z.literal('passkey'), response: PasskeyResponse }),
  z.strictObject({ method: z.literal('recovery_code'), code: recoveryCode }),
])
export type ShownFactor = z.infer<typeof ShownFactor>

/** What opens a session, and the recovery codes that come with the first factor: shown this once. */
export const Entered = z.object({ me: Me, recoveryCodes: z.array(z.string()).nullable() })

/**
 * An e-mail address as it was typed, to be compared with those of accounts. It is not composed as other lines are: that
 * would make a k of the Kelvin sign, and so somebody's address of another one.
 */
export const TypedAddress = z
  .string()
  .trim()
  .min(1)
  .max(254)
  // oxlint-disable-next-line no-control-regex
  .regex(/^[^\u0000-\u001F\u007F\p{Cs}]*$/u, { error: 'control_characters' })

/** First step. The second one is always asked: `second_factor`, or `enrolment` for who has none yet. */
export const signIn = endpoint({
  method: 'POST',
  path: '/sign-in',
  realm: 'public',
  may: 'anyone',
  records: 'staff.password_verified',
  about: 'staff_member',
  stepUp: false,
  summary: 'Checks e-mail and password; opens no session yet',
  input: {
    body: z.object({
      email: TypedAddress,
      password: z.string().min(1).max(1_000),
      /** The token of a mailed link: asked for enrolling anew after a lost factor. */
      link: z.string().max(100).optional(),
    }),
  },
  output: z.discriminatedUnion('step', [
    z.object({
      step: z.literal('second_factor'),
      methods: z.array(Factor),
      passkey: PasskeyOptions.nullable(),
    }),
    z.object({
      step: z.literal('enrolment'),
      /** For authenticators that cannot scan: base32. */
      secret: z.string(),
      uri: z.string(),
      /** The same as a QR code, `data:image/svg+xml;…`. */
      qrCode: z.string(),
      /** For making a passkey instead. */
      passkey: PasskeyOptions,
    }),
    /** The factors were reset: enrolling takes the link that was mailed. */
    z.object({ step: z.literal('link_needed') }),
  ]),
  refusals: [credentialsWrong],
})

/** Second step: enrols the factor when the first step asked for it. */
export const verifySecondFactor = endpoint({
  method: 'POST',
  path: '/sign-in/second-factor',
  realm: 'public',
  may: 'anyone',
  records: 'staff.signed_in',
  about: 'staff_member',
  stepUp: false,
  summary: 'Checks a second factor and opens the session',
  input: {
    body: z.discriminatedUnion('method', [
      ...ShownFactor.options,
      /** Only to enrol: the answer to `enrolment.passkey`. */
      z.strictObject({ method: z.literal('new_passkey'), response: PasskeyResponse }),
    ]),
  },
  output: Entered,
  refusals: [codeWrong, codeAlreadyUsed, passkeyRefused, signInExpired],
})

export const getPasskeySignIn = endpoint({
  method: 'GET',
  path: '/sign-in/passkey',
  realm: 'public',
  may: 'anyone',
  summary: 'What a browser needs to sign in by a passkey alone; good for five minutes, once',
  output: z.object({ passkey: PasskeyOptions }),
})

/** A passkey whose holder was verified (PIN, finger, face) is two factors in one: no password is asked. */
export const signInWithPasskey = endpoint({
  method: 'POST',
  path: '/sign-in/passkey',
  realm: 'public',
  may: 'anyone',
  records: 'staff.signed_in',
  about: 'staff_member',
  stepUp: false,
  summary: 'Opens a session by a passkey alone',
  input: { body: z.object({ response: PasskeyResponse }) },
  output: Entered,
  refusals: [passkeyRefused],
})

/** Between the two steps: the password was right, and no factor is at hand any more. */
export const askFactorReset = endpoint({
  method: 'POST',
  path: '/sign-in/factor-reset',
  realm: 'public',
  may: 'anyone',
  records: 'staff.factor_reset_asked',
  about: 'staff_member',
  stepUp: false,
  summary: 'Asks two administrators to reset a lost second factor',
  input: { body: z.object({ reason: text(500).trim().min(1) }) },
  output: z.undefined(),
  status: 204,
  refusals: [signInExpired, factorResetAsked],
  touches: ['factor_resets'],
})

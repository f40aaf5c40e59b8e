import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, line } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'

export const credentialsWrong = refusal('credentials_wrong', 403)
export const codeWrong = refusal('code_wrong', 403)
export const codeAlreadyUsed = refusal('code_already_used', 403)
export const signInExpired = refusal('sign_in_expired', 410)

/** Who is signed in, and what the web app needs to show itself to them. */
export const Me = z.object({
  staffId: Id,
  name: z.string(),
  email: z.string(),
  /** Highest level first. */
  roles: z.array(z.string()),
  permissions: z.array(z.string()),
  language: z.enum(['fr', 'en']),
  expiresAt: Instant,
})
export type Me = z.infer<typeof Me>

export const Environment = z.object({
  name: z.enum(['demonstration', 'development', 'test', 'staging', 'production']),
})
export type Environment = z.infer<typeof Environment>

export const getEnvironment = endpoint({
  method: 'GET',
  path: '/environment',
  realm: 'public',
  may: 'anyone',
  summary: 'Which environment this installation is',
  output: Environment,
})

/** First step. The second one is always asked: `second_factor`, or `enrolment` for who has none yet. */
export const signIn = endpoint({
  method: 'POST',
  path: '/sign-in',
  realm: 'public',
  may: 'anyone',
  records: 'staff.password_verified',
  summary: 'Checks e-mail and password; opens no session yet',
  input: {
    body: z.object({ email: line(254).min(1), password: z.string().min(1).max(1_000) }),
  },
  output: z.discriminatedUnion('step', [
    z.object({ step: z.literal('second_factor') }),
    z.object({
      step: z.literal('enrolment'),
      /** For authenticators that cannot scan: base32. */
      secret: z.string(),
      uri: z.string(),
      /** The same as a QR code, `data:image/svg+xml;…`. */
      qrCode: z.string(),
    }),
  ]),
  refusals: [credentialsWrong],
})

/** Second step: the only way to a session. Enrols the authenticator when the first step asked for it. */
export const verifySecondFactor = endpoint({
  method: 'POST',
  path: '/sign-in/second-factor',
  realm: 'public',
  may: 'anyone',
  records: 'staff.signed_in',
  summary: 'Checks the code of the authenticator and opens the session',
  input: {
    body: z.object({
      code: z
        .string()
        .trim()
        .regex(/^\d{3}\s?\d{3}$/, { error: 'code_six_digits' }),
    }),
  },
  output: Me,
  refusals: [codeWrong, codeAlreadyUsed, signInExpired],
})

export const getSession = endpoint({
  method: 'GET',
  path: '/session',
  realm: 'staff',
  may: 'signed_in',
  summary: 'Who is signed in',
  output: Me,
  refreshedBy: ['session'],
})

export const signOut = endpoint({
  method: 'DELETE',
  path: '/session',
  realm: 'staff',
  may: 'signed_in',
  records: 'staff.signed_out',
  summary: 'Ends the session',
  output: z.undefined(),
  status: 204,
})

export const chooseLanguage = endpoint({
  method: 'PUT',
  path: '/session/language',
  realm: 'staff',
  may: 'signed_in',
  records: 'staff.language_chosen',
  summary: 'Keeps the language the signed-in person works in',
  input: { body: z.object({ language: z.enum(['fr', 'en']) }) },
  output: Me,
})

/** Only in the demonstration environment; elsewhere this is not found. */
export const listDemonstrationAccounts = endpoint({
  method: 'GET',
  path: '/demonstration/accounts',
  realm: 'public',
  may: 'anyone',
  summary: 'The demonstration accounts, one a role, with their current code',
  output: z.object({
    rows: z.array(
      z.object({
        role: z.string(),
        name: z.string(),
        email: z.string(),
        password: z.string(),
        /** The code to type now; null when this and the next one were both used already. */
        code: z.string().nullable(),
        validUntil: Instant,
      }),
    ),
  }),
})

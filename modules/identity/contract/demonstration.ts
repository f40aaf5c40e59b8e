import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Instant } from '#platform/contract/ids.ts'
import { Profile } from './members.ts'

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

/** The same question as the back-office's; the real installation is named too, and shown by no badge. */
export const getMemberEnvironment = endpoint({
  realm: 'member',
  may: 'anyone',
  method: 'GET',
  path: '/environment',
  summary: 'Which installation this is',
  output: z.object({
    name: Environment.shape.name,
    /** Where the mails can be read that the demonstration does not send. */
    mailsUrl: z.string().nullable(),
  }),
})

/** Those of the practices' people whose password everybody may know; not found outside the demonstration. */
export const listDemonstrationMembers = endpoint({
  method: 'GET',
  path: '/demonstration/accounts',
  realm: 'member',
  may: 'anyone',
  summary: 'The demonstration accounts of practices, and in which practices each works',
  output: z.object({
    rows: z.array(
      z.object({
        name: z.string(),
        email: z.string(),
        password: z.string(),
        practices: z.array(z.object({ name: z.string(), profile: Profile, suspended: z.boolean() })),
      }),
    ),
  }),
})

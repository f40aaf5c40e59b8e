/** A help desk with something promised, and tickets that somebody called about. */
import { askForHelp, openTicket, type OwnTicket, type Ticket } from '#contract/support'
import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { openLog } from '#platform/server/log.ts'
import type { Browserless } from './browserless.ts'
import { mailOf } from './mailbox.ts'
import type { TestServer } from './server.ts'

/** Mondays to Fridays, 9:00 to 12:30 and 13:30 to 18:00 in Paris. */
export const officeHours = {
  timezone: 'Europe/Paris',
  hours: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [
      day,
      [
        ['09:00', '12:30'],
        ['13:30', '18:00'],
      ],
    ]),
  ),
  holidays: [],
  overrides: {},
}

/** Minutes of working time until the first answer, the next, and the resolution. */
const of = (firstResponse: number, nextResponse: number, resolution: number) => ({
  firstResponse,
  nextResponse,
  resolution,
})

/** What is promised from the first of January 2020 on. */
export async function promiseAnswers(db: CentralDb): Promise<void> {
  const inForceFrom = new Date('2020-01-01T00:00:00Z')
  const { id: calendarId } = await db
    .insertInto('supportCalendars')
    .values({ name: 'Bureau' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('supportCalendarVersions')
    .values({ calendarId, inForceFrom, content: JSON.stringify(officeHours) })
    .execute()
  const { id: policyId } = await db
    .insertInto('supportPolicies')
    .values({ name: 'Standard' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const allowances = {
    urgent: of(30, 60, 240),
    high: of(60, 120, 480),
    normal: of(240, 240, 1_440),
    low: of(480, 480, 2_400),
  }
  await db
    .insertInto('supportPolicyVersions')
    .values({ policyId, calendarId, inForceFrom, allowances: JSON.stringify(allowances) })
    .execute()
}

/** What looking after promises stands on, as the server has it each minute. */
export const mindingOn = (server: TestServer, clock: Clock) => ({
  clock,
  mail: mailOf(server, clock),
  audit: server.audit,
  log: openLog('silent'),
  backofficeUrl: new URL('http://localhost:3000'),
})

/** A ticket that a member of the team puts down for somebody who called. */
export const called = (
  agent: Browserless,
  over: Partial<{
    subject: string
    body: string
    priority: 'low' | 'normal' | 'high' | 'urgent'
    topic: 'question' | 'trouble' | 'billing' | 'account' | 'data' | 'idea' | 'other'
    clientId: string | null
    requesterName: string
    requesterEmail: string
  }> = {},
): Promise<Ticket> =>
  agent.call(openTicket, {
    body: {
      subject: 'L’agenda ne s’affiche plus',
      body: 'Depuis ce matin, l’agenda reste blanc.',
      requesterName: 'Odile Perrin',
      requesterEmail: 'odile.perrin@example.com',
      ...over,
    },
  })

/** A ticket that a member opens in the practice app. */
export const asked = (
  member: Browserless,
  over: Partial<{ id: string; subject: string; body: string; attachmentIds: string[] }> = {},
): Promise<OwnTicket> =>
  member.call(askForHelp, {
    body: {
      id: uuidv7(),
      subject: 'Comment imprimer une note d’honoraires ?',
      body: 'Bonjour,\n\n- je cherche le bouton\n- et le format',
      ...over,
    },
  })

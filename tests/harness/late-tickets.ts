/**
 * A help desk on Mondays: each test has one of its own, a week after the one before, with Karim, who has tickets, and Léa,
 * who leads his team. What is promised for a ticket of 9:00 is warned of at 12:12, and due at 14:00, in Paris.
 */
import {
  listAlerts,
  saveSupportTeam,
  updateTicket,
  type Alert,
  type Ticket,
  type TicketEvent,
  getTicket,
} from '#contract/support'
import { mindPromises } from '../../modules/support/server/promises/minding.ts'
import { freshStaff, type TestStaff } from './impersonation.ts'
import { lettersTo } from './mailbox.ts'
import { testServer, type TestServer } from './server.ts'
import { called, mindingOn, promiseAnswers } from './support.ts'

export type LateTickets = {
  server: TestServer
  karim: TestStaff
  lea: TestStaff
  /** Nobody of the team: who keeps what is promised. */
  claire: TestStaff
  team: string
  clock: { now(): Date }
  /** The next Monday, at nine; nothing of before is open. */
  monday(): Promise<void>
  /** It is that time of this Monday in Paris, and promises are looked after; `+1 08:00` is the Tuesday. */
  at(time: string): Promise<void>
  /** The same, and nobody looks after anything. */
  clockAt(time: string): Promise<void>
  mind(): Promise<void>
  /** Karim's, of his team, unless told. */
  ticket(fields?: object, over?: Parameters<typeof called>[1]): Promise<Ticket>
  read(id: string): Promise<Ticket & { events: TicketEvent[] }>
  alertsOf(person: TestStaff): Promise<Alert[]>
  /** Of this Monday and later: what the digests said. */
  mails(person: TestStaff): Promise<string[]>
}

export async function lateTickets(): Promise<LateTickets> {
  let week = 0
  let now = nineOn(week)
  const clock = { now: () => now }
  const server = await testServer({ clock })
  const { db } = server
  await promiseAnswers(db)
  const world = { server, clock } as LateTickets // what is missing follows
  const emails = new Map(
    (await db.selectFrom('staffMembers').select(['id', 'email']).execute()).map(({ id, email }) => [
      id,
      email,
    ]),
  )
  const read = new Map<string, number>()
  const allMails = async ({ staffId }: TestStaff) =>
    (await lettersTo(server, emails.get(staffId)!))
      .filter(({ template }) => template === 'support.mail.promises')
      .map(({ text }) => text)

  const comeIn = async () => {
    world.karim = await freshStaff(server, 'support', now)
    world.lea = await freshStaff(server, 'sales', now)
    world.claire = await freshStaff(server, 'administrator', now)
  }
  const clockAt = async (time: string) => {
    const [, days = '0', hours = '0', minutes = '0'] = /^(?:\+(\d) )?(\d\d):(\d\d)$/.exec(time) ?? []
    const ms = Number(days) * dayMs + (Number(hours) - 9) * hourMs + Number(minutes) * 60_000
    now = new Date(nineOn(week).getTime() + ms)
    // Sessions are shorter than a working day.
    await comeIn()
  }
  const mind = () => mindPromises(db, mindingOn(server, clock))
  return Object.assign(world, {
    clockAt,
    mind,
    async at(time: string) {
      await clockAt(time)
      await mind()
    },
    async monday() {
      await db.updateTable('tickets').set({ trashedAt: now }).where('trashedAt', 'is', null).execute()
      await db
        .updateTable('supportPreferences')
        .set({ alertsByMail: true, quietFrom: null, quietUntil: null })
        .execute()
      now = nineOn(++week)
      await comeIn()
      world.team ??= (
        await world.claire.call(saveSupportTeam, {
          body: { name: 'Premier niveau', leadId: world.lea.staffId, memberIds: [world.karim.staffId] },
        })
      ).id
      for (const person of [world.karim, world.lea, world.claire])
        read.set(person.staffId, (await allMails(person)).length)
    },
    async ticket(fields: object = {}, over = {}) {
      const { id, revision } = await called(world.karim, over)
      const body = { revision, assigneeId: world.karim.staffId, teamId: world.team, ...fields }
      return world.karim.call(updateTicket, { params: { id }, body })
    },
    read: (id: string) => world.karim.call(getTicket, { params: { id } }),
    alertsOf: async (person: TestStaff) =>
      (await person.call(listAlerts)).rows.filter(
        ({ toldAt }) => Date.parse(toldAt) >= nineOn(week).getTime(),
      ),
    mails: async (person: TestStaff) => (await allMails(person)).slice(read.get(person.staffId)),
  })
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Winter, so that no clock changes and no holiday falls on a Monday that counts. */
const nineOn = (week: number) => new Date(Date.parse('2027-01-04T08:00:00Z') + week * 7 * dayMs)

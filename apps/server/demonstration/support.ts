/** The help desk of the demonstration: some weeks of tickets up to this moment, some late, some waiting, some due soon. */
import {
  bouncePast,
  mergePast,
  seedPastTicket,
  seedWaitingMail,
  workedAfter,
  workedBefore,
  type PastStep,
} from '#server/support'
import type { Calendar } from '#contract/support'
import { centralDb, openPool, sql, type CentralDb } from '#platform/server/db.ts'
import { mails } from './support/mails.ts'
import { keepMacros, makeTeams, officeHours, promise, type Teams } from './support/promises.ts'
import { stories } from './support/stories.ts'
import type { Act, Story } from './support/stories/story.ts'

/** Once; where there are tickets already nothing happens. */
export async function seedSupport(
  on: { appUrl: string },
  log: (sentence: string) => void = () => {},
): Promise<void> {
  const db = centralDb(openPool(on.appUrl, { max: 1, name: 'magestionpsy demo' }))
  try {
    await db.transaction().execute((transaction) => tellStories(transaction, new Date()))
    log(`${stories.length} tickets`)
  } finally {
    await db.destroy()
  }
}

type Known = {
  now: Date
  calendar: Calendar
  teams: Teams
  staff: ReadonlyMap<string, { id: string; name: string }>
  /** By address, and the others by how-manieth. */
  askers: readonly Asker[]
}

type Asker = {
  clientId: string | null
  tenantId: string | null
  memberId: string | null
  name: string
  email: string
  /** They write mails, and have no account. */
  byMail?: true
}

export async function tellStories(db: CentralDb, now: Date): Promise<void> {
  const some = await db.selectFrom('tickets').select('id').limit(1).executeTakeFirst()
  if (some) return
  const staff = await staffByRole(db)
  const ids = new Map([...staff].map(([role, { id }]) => [role, id]))
  const calendar = officeHours(now)
  await promise(db, calendar, now)
  const teams = await makeTeams(db, ids)
  await keepMacros(db, { ownerId: ids.get('support') ?? null, teamId: teams.billing })
  const known: Known = { now, calendar, teams, staff, askers: await everybodyAsking(db) }
  const told = new Map<string, string>()
  for (const story of stories) {
    const id = await tell(db, known, story)
    told.set(story.subject, id)
    await putInto(db, known, story, { id, intoId: told.get(story.mergedInto?.subject ?? '') })
  }
  await letMailsWait(db, known, told)
}

async function tell(db: CentralDb, known: Known, story: Story): Promise<string> {
  const { from, subject, says, priority = 'normal', topic = 'question', tags = [], team, acts = [] } = story
  const asker = askerOf(known, from)
  const at = workedBefore(known.calendar, known.now, story.ago)
  const support = byOf(known, 'support')
  const customer = { ...(asker.memberId && { memberId: asker.memberId }), label: asker.name }
  const mail = asker.byMail && { email: asker.email }
  const teamId = team && known.teams[team]
  const steps: PastStep[] = []
  if (teamId || tags.length > 0)
    steps.push({ at, by: support, change: { ...(teamId && { teamId }), ...(tags.length > 0 && { tags }) } })
  for (const act of acts) {
    const when = workedAfter(known.calendar, at, act.after)
    const isTheirs = act.do === 'customer' || act.do === 'reopen'
    if (when <= known.now) steps.push(...stepsOf(act, when, isTheirs ? customer : byOf(known, act.by), mail))
  }
  const id = await seedPastTicket(db, {
    at,
    by: asker.memberId || mail ? customer : support,
    body: says,
    mail,
    steps,
    channel: mail ? 'mail' : asker.memberId ? 'app' : 'staff',
    subject,
    topic,
    priority,
    clientId: asker.clientId,
    tenantId: asker.tenantId,
    requesterMemberId: asker.memberId,
    requesterName: asker.name,
    requesterEmail: asker.email,
    openedBy: asker.memberId || mail ? null : (support.staffId ?? null),
  })
  await standBeside(db, id, story, asker, steps.at(-1)?.at ?? at)
  for (const act of acts) {
    const when = workedAfter(known.calendar, at, act.after)
    if (act.do === 'bounce' && when <= known.now)
      await bouncePast(db, { ticketId: id, email: asker.email, at: when, said: act.said })
  }
  return id
}

/** What was asked twice is one ticket. */
async function putInto(
  db: CentralDb,
  known: Known,
  { ago, mergedInto }: Story,
  { id: fromId, intoId }: { id: string; intoId: string | undefined },
): Promise<void> {
  const { staffId, label } = byOf(known, 'support')
  if (!mergedInto || !intoId || !staffId) return
  const begun = workedBefore(known.calendar, known.now, ago)
  const at = workedAfter(known.calendar, begun, mergedInto.after)
  await mergePast(db, { fromId, intoId, by: { staffId, label }, at })
}

async function letMailsWait(db: CentralDb, known: Known, told: ReadonlyMap<string, string>): Promise<void> {
  for (const { ago, about, ofClient, ...mail } of mails)
    await seedWaitingMail(db, {
      ...mail,
      at: workedBefore(known.calendar, known.now, ago),
      ticketId: (about && told.get(about)) ?? null,
      clientId: known.askers.find(({ email }) => email === ofClient)?.clientId ?? null,
      decidedBy: mail.state === 'discarded' ? (byOf(known).staffId ?? null) : null,
    })
}

async function standBeside(
  db: CentralDb,
  ticketId: string,
  { rating, aboutInvoice }: Story,
  { clientId, memberId, email, byMail }: Asker,
  at: Date,
): Promise<void> {
  if (rating && (memberId || byMail))
    await db
      .insertInto('ticketRatings')
      .values({ ticketId, ...rating, byMemberId: memberId, byEmail: byMail ? email : null, ratedAt: at })
      .execute()
  // Whoever has no account is asked by mail.
  if (rating && byMail) await db.insertInto('ticketSurveys').values({ ticketId, askedAt: at }).execute()
  if (!aboutInvoice || !clientId) return
  const invoice = await db
    .selectFrom('invoices')
    .select('id')
    .where('clientId', '=', clientId)
    .orderBy('issuedOn', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (invoice)
    await db.insertInto('ticketLinks').values({ ticketId, kind: 'invoice', targetId: invoice.id }).execute()
}

function stepsOf(act: Act, at: Date, by: PastStep['by'], mail: { email: string } | undefined): PastStep[] {
  const change = (asked: Extract<PastStep, { change: unknown }>['change']) => [{ at, by, change: asked }]
  switch (act.do) {
    case 'customer':
      // Whoever waited for them waits no more.
      return [
        ...change({ waiting: false }),
        {
          at,
          by,
          say: 'customer',
          body: act.body,
          ...(mail && { mail: { ...mail, quoted: act.quoted ?? '' } }),
        },
      ]
    case 'note':
      return [{ at, by, say: 'note', body: act.body }]
    case 'reply':
      return [
        { at, by, say: 'reply', body: act.body, ...(mail && { mail }) },
        ...(act.andThen === 'wait' ? change({ waiting: { why: '' } }) : []),
        ...(act.andThen === 'resolve' ? change({ status: 'resolved' }) : []),
      ]
    case 'take':
      return change({ assigneeId: by.staffId ?? null })
    case 'resolve':
      return change({ status: 'resolved' })
    case 'reopen':
      return change({ status: 'reopened' })
    case 'wait':
      return change({ waiting: { why: act.why } })
    case 'progress':
      return change({ progress: act.progress })
    case 'snooze':
      return change({ snoozedUntil: new Date(at.getTime() + act.days * 86_400_000) })
    case 'bounce':
      // Once all else was said: it is about what left.
      return []
  }
}

function byOf({ staff }: Known, role = 'support'): PastStep['by'] {
  const person = staff.get(role)
  return person ? { staffId: person.id, label: person.name } : { label: 'Support' }
}

function askerOf({ askers }: Known, from: Story['from']): Asker {
  if (typeof from === 'object')
    return { ...from, clientId: null, tenantId: null, memberId: null, byMail: true }
  const named = stories.flatMap((story) => (typeof story.from === 'string' ? [story.from] : []))
  const others = askers.filter(({ email }) => !named.includes(email))
  const asker =
    typeof from === 'string' ? askers.find(({ email }) => email === from) : others[from % others.length]
  return (
    asker ?? {
      clientId: null,
      tenantId: null,
      memberId: null,
      name: 'Mireille Thouvenin',
      email: String(from),
    }
  )
}

async function staffByRole(db: CentralDb): Promise<Known['staff']> {
  const rows = await db
    .selectFrom('staffMembers')
    .select(['id', 'email', sql<string>`first_name || ' ' || last_name`.as('name')])
    .where('demonstration', '=', true)
    .execute()
  return new Map(rows.map(({ id, email, name }) => [email.split('@')[0] ?? email, { id, name }]))
}

/** Members of practices, each in the first they joined, then clients who pay and have none. */
async function everybodyAsking(db: CentralDb): Promise<Asker[]> {
  const { rows } = await sql<Asker>`
    (select distinct on (a.email) t.client_id as "clientId", t.id as "tenantId", m.id as "memberId",
      a.first_name || ' ' || a.last_name as name, lower(a.email) as email
    from members m join member_accounts a on a.id = m.account_id join tenants t on t.id = m.tenant_id
    where m.left_at is null and t.state = 'active' order by a.email, m.created_at, m.id)
    union all
    (select c.id, null, null, trim(c.first_name || ' ' || c.last_name), lower(c.email)
    from clients c where c.status = 'active' and c.trashed_at is null
      and not exists (select from tenants t where t.client_id = c.id)
    order by c.created_at, c.id limit 60)`.execute(db)
  return rows
}

/** The help desk of the demonstration: some weeks of tickets up to this moment, some late, some waiting, some due soon. */
import { seedPastTicket, workedAfter, workedBefore, type PastStep } from '#server/support'
import type { Calendar } from '#contract/support'
import { centralDb, openPool, sql, type CentralDb } from '#platform/server/db.ts'
import { keepMacros, makeTeams, officeHours, promise, type Teams } from './support/promises.ts'
import { stories, type Act, type Story } from './support/stories.ts'

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
  for (const story of stories) await tell(db, known, story)
}

async function tell(db: CentralDb, known: Known, story: Story): Promise<void> {
  const { from, subject, says, priority = 'normal', topic = 'question', tags = [], team, acts = [] } = story
  const asker = askerOf(known, from)
  const at = workedBefore(known.calendar, known.now, story.ago)
  const support = byOf(known, 'support')
  const customer = { ...(asker.memberId && { memberId: asker.memberId }), label: asker.name }
  const teamId = team && known.teams[team]
  const steps: PastStep[] = []
  if (teamId || tags.length > 0)
    steps.push({ at, by: support, change: { ...(teamId && { teamId }), ...(tags.length > 0 && { tags }) } })
  for (const act of acts) {
    const when = workedAfter(known.calendar, at, act.after)
    if (when <= known.now)
      steps.push(
        ...stepsOf(act, when, act.do === 'customer' || act.do === 'reopen' ? customer : byOf(known, act.by)),
      )
  }
  const id = await seedPastTicket(db, {
    at,
    by: asker.memberId ? customer : support,
    body: says,
    steps,
    channel: asker.memberId ? 'app' : 'staff',
    subject,
    topic,
    priority,
    clientId: asker.clientId,
    tenantId: asker.tenantId,
    requesterMemberId: asker.memberId,
    requesterName: asker.name,
    requesterEmail: asker.email,
    openedBy: asker.memberId ? null : (support.staffId ?? null),
  })
  await standBeside(db, id, story, asker, steps.at(-1)?.at ?? at)
}

async function standBeside(
  db: CentralDb,
  ticketId: string,
  { rating, aboutInvoice }: Story,
  { clientId, memberId }: Asker,
  at: Date,
): Promise<void> {
  if (rating && memberId)
    await db
      .insertInto('ticketRatings')
      .values({ ticketId, ...rating, byMemberId: memberId, ratedAt: at })
      .execute()
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

function stepsOf(act: Act, at: Date, by: PastStep['by']): PastStep[] {
  const change = (asked: Extract<PastStep, { change: unknown }>['change']) => [{ at, by, change: asked }]
  switch (act.do) {
    case 'customer':
      // Whoever waited for them waits no more.
      return [...change({ waiting: false }), { at, by, say: 'customer', body: act.body }]
    case 'note':
      return [{ at, by, say: 'note', body: act.body }]
    case 'reply':
      return [
        { at, by, say: 'reply', body: act.body },
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
  }
}

function byOf({ staff }: Known, role = 'support'): PastStep['by'] {
  const person = staff.get(role)
  return person ? { staffId: person.id, label: person.name } : { label: 'Support' }
}

function askerOf({ askers }: Known, from: string | number): Asker {
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

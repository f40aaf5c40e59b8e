/** The practices of the demonstration: opened as any other, with people whose password everybody is shown. */
import { randomUUID } from 'node:crypto'
import { comingAndGoing } from '#server/cabinet'
import { openAudit } from '#server/audit'
import { seedDemonstrationMember } from '#server/identity'
import { sealingWith } from '#server/notes'
import { openingAtOnce, openTenants, type Tenants } from '#server/tenancy'
import { systemClock } from '#platform/server/clock.ts'
import type { Config } from '#platform/server/config.ts'
import { centralDb, openPool, sql, type CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { openLog } from '#platform/server/log.ts'
import { loadMasterKey } from '#platform/server/master-key.ts'
import type { TenantDb } from '#platform/server/tenant-db.ts'
import { tenantFiles } from '#platform/server/tenant-files.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { seedAssistances } from './assistances.ts'
import { letterPdf } from './letter.ts'
import { fillPractice } from './life/filling.ts'
import type { Working } from './life/life.ts'
import { dayIn } from './life/practice-days.ts'
import { places } from './places.ts'

type Person = { email: string; firstName: string; lastName: string; profile: 'practitioner' | 'secretary' }

/** Works for three of them: who signs in as her chooses where. */
const lea: Person = {
  email: 'lea.fabre@example.com',
  firstName: 'Léa',
  lastName: 'Fabre',
  profile: 'secretary',
}
/** Has a practice of her own at the beginning of the week, and works with Mireille for the rest of it. */
const odile: Person = {
  email: 'odile.verneuil@example.com',
  firstName: 'Odile',
  lastName: 'Verneuil',
  profile: 'practitioner',
}

/** Works there from Monday to Friday. */
const bastien: Person = {
  email: 'bastien.kervella@example.com',
  firstName: 'Bastien',
  lastName: 'Kervella',
  profile: 'practitioner',
}

const allDay = [9, 10, 11, 12, 14, 15, 16, 17, 18, 19]
const mornings = [9, 10, 11, 14]

type Lived = {
  patients: number
  years: number
  working: readonly Omit<Working, 'memberId'>[]
}

/** In the order of practitioners: the holder, then those who joined. */
const aSmallPractice: Lived = {
  patients: 48,
  years: 1,
  working: [{ profession: 'Psychologue clinicienne', weekdays: [1, 2, 4, 5], hours: mornings }],
}

type Wanted = {
  /** Whose: by their address, or the first client who is one of these. */
  of: { email: string } | { kind: 'practitioner' | 'secretary'; subscription: 'active' | 'past_due' }
  people?: readonly Person[]
  /** Its patients and appointments. */
  life?: Lived
  /** Days ago, the notes their holder wrote. */
  notes?: readonly number[]
  files?: readonly string[]
  story?: 'canary' | 'suspended' | 'drifts' | 'backup failed'
}

const wanted: readonly Wanted[] = [
  {
    of: { email: 'mireille.thouvenin@example.com' },
    people: [lea, odile, bastien],
    life: {
      patients: 700,
      years: 4,
      working: [
        { profession: 'Psychologue clinicienne', weekdays: [1, 2, 3, 4], hours: allDay },
        { profession: 'Psychologue', weekdays: [3, 4, 5, 6], hours: allDay },
        { profession: 'Psychologue, neuropsychologue', weekdays: [1, 2, 3, 4, 5], hours: allDay },
      ],
    },
    notes: [1, 1, 2, 3, 4, 6, 8, 9, 11, 15, 22, 29],
    files: ['Règlement intérieur.pdf', 'Consentement éclairé.pdf'],
  },
  {
    of: { email: odile.email },
    people: [lea],
    life: {
      patients: 36,
      years: 1,
      working: [{ profession: 'Psychologue', weekdays: [1, 2], hours: mornings }],
    },
    notes: [2, 6],
    story: 'canary',
  },
  {
    of: { kind: 'practitioner', subscription: 'active' },
    life: aSmallPractice,
    notes: [1, 2, 4],
    files: ['Bail du cabinet.pdf'],
  },
  { of: { kind: 'secretary', subscription: 'active' }, life: { patients: 0, years: 1, working: [] } },
  { of: { kind: 'practitioner', subscription: 'active' }, notes: [12], story: 'drifts' },
  {
    of: { kind: 'practitioner', subscription: 'active' },
    people: [lea],
    life: aSmallPractice,
    story: 'backup failed',
  },
  { of: { kind: 'practitioner', subscription: 'past_due' }, notes: [61], story: 'suspended' },
]

/** Once; where there are practices already nothing happens. */
export async function seedPractices(
  on: { appUrl: string; provisionerUrl: string; config: Config },
  log: (sentence: string) => void = () => {},
): Promise<void> {
  const pool = openPool(on.appUrl, { max: 6, name: 'magestionpsy demo' })
  const db = centralDb(pool)
  const vault = vaultOf(loadMasterKey(on.config))
  const shared = { db, pool, vault, clock: systemClock, log: openLog('error') }
  const tenants = openTenants({ ...shared, cap: 8 })
  try {
    const { some } = await db
      .selectNoFrom((eb) => eb.exists(eb.selectFrom('tenants').select(sql`1`.as('one'))).as('some'))
      .executeTakeFirstOrThrow()
    if (some) return
    const began = performance.now()
    const open = await openingAtOnce({
      ...shared,
      tenants,
      audit: openAudit(shared),
      provisionerUrl: on.provisionerUrl,
      async inviteHolder(transaction, { tenantId, profile, email, firstName, lastName }) {
        const who = { email, firstName, lastName, profile, tenantId, holder: true, at: new Date() }
        const memberId = await seedDemonstrationMember(transaction, who)
        return { memberId, accountId: memberId, outcome: 'joined' }
      },
    })
    const sales = await staffId(db, 'sales')
    const hands = { db, tenants, dataDir: on.config.dataDir }
    const opened: string[] = []
    for (const one of wanted) {
      const clientId = await clientOf(db, one.of)
      const { tenantId } = await open({ clientId, askedBy: sales })
      await furnish(hands, tenantId, one, opened.length)
      opened.push(tenantId)
    }
    await letIn(hands, opened)
    await seedAssistances({ db, vault }, opened)
    log(`${wanted.length} practices opened in ${((performance.now() - began) / 1000).toFixed(1)} s.`)
  } finally {
    await tenants.close()
    await db.destroy()
  }
}

type Hands = { db: CentralDb; tenants: Tenants; dataDir: string }

async function furnish(
  on: Hands,
  tenantId: string,
  { people = [], life, notes = [], files = [], story }: Wanted,
  place: number,
) {
  const { db, tenants } = on
  for (const person of people)
    await seedDemonstrationMember(db, { ...person, tenantId, holder: false, at: new Date() })
  const members = await membersOf(db, tenantId)
  const { enterPractice } = comingAndGoing(tenants.databases)
  for (const member of members) await enterPractice({ ...member, tenantId })
  const holder = members.find((member) => member.holder)
  if (life) await live(on, tenantId, life, members, place)
  if (holder && notes.length > 0) await writeNotes(on, tenantId, holder.memberId, notes)
  if (holder && files.length > 0) await keepFiles(on, tenantId, holder.memberId, files)
  if (story) await stories[story](on, tenantId)
}

type Member = Awaited<ReturnType<typeof membersOf>>[number]

async function live(
  { db, tenants }: Hands,
  tenantId: string,
  { working, ...life }: Lived,
  members: readonly Member[],
  place: number,
) {
  const { name } = await db
    .selectFrom('tenants')
    .where('id', '=', tenantId)
    .select('name')
    .executeTakeFirstOrThrow()
  const practitioners = members
    .filter(({ profile }) => profile === 'practitioner')
    .toSorted((one, other) => Number(other.holder) - Number(one.holder) || byJoining(one, other))
  await tenants.databases.bare(tenantId, 'owner', async (client) => {
    await client.query('SET ROLE mgp_tenant_owner')
    await fillPractice(client, name, {
      ...life,
      seed: 6_000 + place,
      now: new Date(),
      place: places[place * 7 + 33] ?? { city: 'Nancy', postalCode: '54000', department: '54' },
      secretaries: members.filter(({ profile }) => profile === 'secretary').map(({ memberId }) => memberId),
      practitioners: working.flatMap((hours, index) => {
        const memberId = practitioners[index]?.memberId
        return memberId ? { ...hours, memberId } : []
      }),
    })
  })
}

/** Ids of members grow as they join. */
const byJoining = (one: Member, other: Member) => (one.memberId < other.memberId ? -1 : 1)

/**
 * The secretary with a space of her own works for two of the practices, for one of them until the end of the season; the
 * one employed by the first practice keeps its accounts too.
 */
async function letIn({ db, tenants }: Hands, [first, , second, space]: readonly string[]) {
  if (!first || !second || !space) return
  const holder = await db
    .selectFrom('members')
    .innerJoin('memberAccounts', 'memberAccounts.id', 'members.accountId')
    .where('tenantId', '=', space)
    .where('holder', '=', true)
    .select(['email', 'firstName', 'lastName'])
    .executeTakeFirstOrThrow()
  const { enterPractice } = comingAndGoing(tenants.databases)
  for (const tenantId of [first, second]) {
    const person = { ...holder, tenantId, profile: 'secretary' as const }
    const memberId = await seedDemonstrationMember(db, { ...person, holder: false, at: new Date() })
    await enterPractice({ ...person, memberId })
    if (tenantId === second)
      await db
        .updateTable('members')
        .set({ endsAt: new Date(Date.now() + 90 * 86_400_000) })
        .where('id', '=', memberId)
        .execute()
  }
  await db
    .updateTable('members')
    .set({ rights: ['agenda', 'patients', 'calls', 'messages', 'files', 'fees'] })
    .where('tenantId', '=', first)
    .where('accountId', 'in', (accounts) =>
      accounts.selectFrom('memberAccounts').where('email', '=', lea.email).select('id'),
    )
    .execute()
}

async function writeNotes({ tenants }: Hands, tenantId: string, authorId: string, days: readonly number[]) {
  const { sealTitle, sealBody } = sealingWith(await vaultFor(tenants, tenantId))
  await tenants.databases.within(tenantId, 'practitioner', async (practice) => {
    let before = new Date()
    for (const [index, ago] of days.entries()) {
      const since = new Date(Date.now() - ago * 86_400_000 - index * 3_600_000)
      before = since < before ? since : before
      const session = await sessionBefore(practice, authorId, before)
      if (session) before = session.startsAt
      const writtenAt = session ? new Date(session.endsAt.getTime() + 600_000) : since
      const id = uuidv7(writtenAt.getTime())
      const isRecord = index % 3 !== 2
      await practice
        .insertInto('notes')
        .values({
          id,
          authorId,
          patientId: session?.patientId ?? null,
          appointmentId: session?.id ?? null,
          kind: isRecord ? 'record' : 'personal',
          titleSealed: sealTitle(isRecord ? (noteTitles[index % noteTitles.length] ?? '') : '', id),
          bodySealed: sealBody(isRecord ? recordNote : personalNote, id),
          heldOn: dayIn(session?.startsAt ?? writtenAt),
          writtenAt,
          savedAt: writtenAt,
          lockedAt: session && isRecord && ago > 7 ? new Date(writtenAt.getTime() + 5 * 86_400_000) : null,
        })
        .execute()
    }
  })
}

const sessionBefore = (practice: TenantDb, practitionerId: string, before: Date) =>
  practice
    .selectFrom('appointments')
    .where('practitionerId', '=', practitionerId)
    .where('patientId', 'is not', null)
    .where('status', '=', 'kept')
    .where('startsAt', '<', before)
    .orderBy('startsAt', 'desc')
    .select(['id', 'patientId', 'startsAt', 'endsAt'])
    .executeTakeFirst()

const noteTitles = ['Séance de suivi', 'Point à mi-parcours', 'Sommeil et respiration', 'Premier entretien']
const recordNote = 'Séance de suivi. Le sommeil s’améliore, l’exercice de respiration est tenu chaque soir.'
const personalNote = 'Revenir sur la rentrée la prochaine fois. Prévoir dix minutes de plus.'

async function keepFiles(
  { tenants, dataDir }: Hands,
  tenantId: string,
  addedBy: string,
  names: readonly string[],
) {
  const store = tenantFiles(dataDir)
  const vault = await vaultFor(tenants, tenantId)
  for (const name of names) {
    const id = randomUUID()
    const content = letterPdf(name.replace(/\.pdf$/, ''))
    const { bytes, sha256 } = await store.put(tenantId, id, content, vault)
    await tenants.databases.within(tenantId, 'practitioner', (practice) =>
      practice
        .insertInto('files')
        .values({ id, name, mediaType: 'application/pdf', bytes, sha256, addedBy })
        .execute(),
    )
  }
}

async function vaultFor(tenants: Tenants, tenantId: string) {
  const vault = await tenants.catalogue.vaultOf(tenantId)
  if (!vault) throw new Error(`the practice ${tenantId} that was just opened has no key`)
  return vault
}

const stories: Record<NonNullable<Wanted['story']>, (on: Hands, tenantId: string) => Promise<unknown>> = {
  canary: ({ db }, tenantId) =>
    db.updateTable('tenants').set({ canary: true }).where('id', '=', tenantId).execute(),

  suspended: ({ db }, tenantId) =>
    db
      .updateTable('tenants')
      .set({
        state: 'suspended',
        stateSince: new Date(),
        stateReason: 'Deux factures impayées malgré trois relances',
      })
      .where('id', '=', tenantId)
      .execute(),

  /** Somebody tried an index by hand and left it there: really, so that the next look finds it too. */
  async drifts({ db, tenants }, tenantId) {
    await tenants.databases.bare(tenantId, 'owner', async (client) => {
      await client.query('SET ROLE mgp_tenant_owner')
      await client.query('CREATE INDEX notes_essai ON notes (kind)')
    })
    const line = 'index CREATE INDEX notes_essai ON public.notes USING btree (kind)'
    await db
      .insertInto('tenantDrifts')
      .values({
        tenantId,
        checkedAt: new Date(),
        differences: JSON.stringify([{ kind: 'unexpected', line }]),
      })
      .execute()
  },

  async 'backup failed'({ db }, tenantId) {
    const now = new Date()
    await db
      .insertInto('tenantWorks')
      .values({
        tenantId,
        kind: 'backup',
        state: 'failed',
        step: 'archive',
        attempts: 3,
        errorCode: 'internal',
        errorDetail: 'ENOSPC: no space left on device, write',
        askedAt: now,
        startedAt: now,
        endedAt: now,
      })
      .execute()
  },
}

async function clientOf(db: CentralDb, of: Wanted['of']): Promise<string> {
  let clients = db
    .selectFrom('clients')
    .where('trashedAt', 'is', null)
    .where('status', '=', 'active')
    .where('email', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('tenants')
            .whereRef('tenants.clientId', '=', 'clients.id')
            .select(sql`1`.as('one')),
        ),
      ),
    )
  clients =
    'email' in of
      ? clients.where('email', '=', of.email)
      : clients.where('kind', '=', of.kind).where(({ exists, selectFrom }) =>
          exists(
            selectFrom('subscriptions')
              .whereRef('subscriptions.clientId', '=', 'clients.id')
              .where('isCurrent', '=', true)
              .where('subscriptions.status', '=', of.subscription)
              .select(sql`1`.as('one')),
          ),
        )
  const { id } = await clients.orderBy('createdAt').orderBy('id').select('id').executeTakeFirstOrThrow()
  return id
}

async function membersOf(db: CentralDb, tenantId: string) {
  return db
    .selectFrom('members')
    .innerJoin('memberAccounts', 'memberAccounts.id', 'members.accountId')
    .where('tenantId', '=', tenantId)
    .select(['members.id as memberId', 'profile', 'holder', 'firstName', 'lastName'])
    .execute()
}

async function staffId(db: CentralDb, role: string): Promise<string | null> {
  const row = await db
    .selectFrom('staffMembers')
    .where('email', '=', `${role}@example.com`)
    .select('id')
    .executeTakeFirst()
  return row?.id ?? null
}

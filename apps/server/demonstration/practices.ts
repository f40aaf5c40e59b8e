/** The practices of the demonstration: opened as any other, with people whose password everybody is shown. */
import { randomUUID } from 'node:crypto'
import { comingAndGoing } from '#server/cabinet'
import { openAudit } from '#server/audit'
import { seedDemonstrationMember } from '#server/identity'
import { openingAtOnce, openTenants, type Tenants } from '#server/tenancy'
import { systemClock } from '#platform/server/clock.ts'
import type { Config } from '#platform/server/config.ts'
import { centralDb, openPool, sql, type CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { openLog } from '#platform/server/log.ts'
import { loadMasterKey } from '#platform/server/master-key.ts'
import { tenantFiles } from '#platform/server/tenant-files.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { letterPdf } from './letter.ts'

type Person = { email: string; firstName: string; lastName: string; profile: 'practitioner' | 'secretary' }

/** Works for three of them: who signs in as her chooses where. */
const lea: Person = {
  email: 'lea.fabre@example.com',
  firstName: 'Léa',
  lastName: 'Fabre',
  profile: 'secretary',
}
/** Has a practice of her own, and replaces Mireille on Fridays. */
const odile: Person = {
  email: 'odile.verneuil@example.com',
  firstName: 'Odile',
  lastName: 'Verneuil',
  profile: 'practitioner',
}

type Wanted = {
  /** Whose: by their address, or the first client who is one of these. */
  of: { email: string } | { kind: 'practitioner' | 'secretary'; subscription: 'active' | 'past_due' }
  people?: readonly Person[]
  /** Days ago, the notes their holder wrote. */
  notes?: readonly number[]
  files?: readonly string[]
  story?: 'canary' | 'suspended' | 'drifts' | 'backup failed'
}

const wanted: readonly Wanted[] = [
  {
    of: { email: 'mireille.thouvenin@example.com' },
    people: [lea, odile],
    notes: [1, 1, 3, 8, 8, 15, 29],
    files: ['Règlement intérieur.pdf', 'Consentement éclairé.pdf'],
  },
  { of: { email: odile.email }, people: [lea], notes: [2, 6], story: 'canary' },
  { of: { kind: 'practitioner', subscription: 'active' }, notes: [1, 2, 4], files: ['Bail du cabinet.pdf'] },
  { of: { kind: 'secretary', subscription: 'active' } },
  { of: { kind: 'practitioner', subscription: 'active' }, notes: [12], story: 'drifts' },
  { of: { kind: 'practitioner', subscription: 'active' }, people: [lea], story: 'backup failed' },
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
    for (const one of wanted) {
      const clientId = await clientOf(db, one.of)
      const { tenantId } = await open({ clientId, askedBy: sales })
      await furnish({ db, tenants, dataDir: on.config.dataDir }, tenantId, one)
    }
    log(`${wanted.length} practices opened in ${((performance.now() - began) / 1000).toFixed(1)} s.`)
  } finally {
    await tenants.close()
    await db.destroy()
  }
}

type Hands = { db: CentralDb; tenants: Tenants; dataDir: string }

async function furnish(on: Hands, tenantId: string, { people = [], notes = [], files = [], story }: Wanted) {
  const { db, tenants } = on
  for (const person of people)
    await seedDemonstrationMember(db, { ...person, tenantId, holder: false, at: new Date() })
  const members = await membersOf(db, tenantId)
  const { enterPractice } = comingAndGoing(tenants.databases)
  for (const member of members) await enterPractice({ ...member, tenantId })
  const holder = members.find((member) => member.holder)
  if (holder && notes.length > 0) await writeNotes(on, tenantId, holder.memberId, notes)
  if (holder && files.length > 0) await keepFiles(on, tenantId, holder.memberId, files)
  if (story) await stories[story](on, tenantId)
}

async function writeNotes({ tenants }: Hands, tenantId: string, authorId: string, days: readonly number[]) {
  const vault = await vaultFor(tenants, tenantId)
  await tenants.databases.within(tenantId, 'practitioner', async (practice) => {
    for (const [index, ago] of days.entries()) {
      const writtenAt = new Date(Date.now() - ago * 86_400_000 - index * 3_600_000)
      const id = uuidv7(writtenAt.getTime())
      const isRecord = index % 3 !== 2
      await practice
        .insertInto('notes')
        .values({
          id,
          authorId,
          kind: isRecord ? 'record' : 'personal',
          bodySealed: vault.seal(Buffer.from(isRecord ? recordNote : personalNote), `notes.body:${id}`),
          writtenAt,
          lockedAt: isRecord && ago > 7 ? new Date(writtenAt.getTime() + 7 * 86_400_000) : null,
        })
        .execute()
    }
  })
}

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

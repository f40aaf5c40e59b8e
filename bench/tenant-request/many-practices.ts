// Very many practices on one PostgreSQL, opened as any practice is, and somebody signed in to each.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { comingAndGoing } from '#server/cabinet'
import { openAudit } from '#server/audit'
import { inviteMember, seedDemonstrationStaff } from '#server/identity'
import { openingAtOnce, openTenants } from '#server/tenancy'
import { openCentralDatabase } from '#platform/server/central-database.ts'
import { systemClock } from '#platform/server/clock.ts'
import { readConfig } from '#platform/server/config.ts'
import { centralDb, openPool } from '#platform/server/db.ts'
import { openLog } from '#platform/server/log.ts'
import { openMail } from '#platform/server/mail.ts'
import { loadMasterKey } from '#platform/server/master-key.ts'
import { openProvisionerLogin } from '#platform/server/provisioner-login.ts'
import { hashOf, newToken } from '#platform/server/random.ts'
import { sentencesOf } from '#platform/server/sentences.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { readMessages } from '../../apps/server/messages.ts'
import { insertMemberSession } from '../../modules/identity/server/members/session-queries.ts'
import { startRealServer, type RealServer } from '../../tests/harness/real-server.ts'

export type PracticeAddress = {
  tenantId: string
  /** Of whoever the practice belongs to, signed in. */
  cookie: string
  /** Their login's way into the database. */
  url: string
}

export type ManyPractices = {
  server: RealServer
  adminUrl: string
  practices: PracticeAddress[]
  stop(): Promise<void>
}

/** Opened two at a time, which is what a cluster does well. */
const atOnce = 2

/** @param serving what its server is told besides, and what runs instead of apps/server/main.ts */
export async function manyPractices(
  count: number,
  serving: (practices: readonly PracticeAddress[]) => { env: Record<string, string>; script?: string },
  say: (sentence: string) => void,
): Promise<ManyPractices> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-bench-practices-'))
  const config = readConfig({ APP_ENV: 'demonstration', DATA_DIR: dataDir })
  const database = await openCentralDatabase(config)
  const end = async () => {
    await database.stop()
    fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
  try {
    const provisionerUrl = (await openProvisionerLogin(config, database)) ?? ''
    const practices = await openAll(count, { appUrl: database.appUrl, provisionerUrl, config, say })
    const { env, script } = serving(practices)
    const server = await startRealServer({
      databaseUrl: database.appUrl,
      dataDir,
      ...(script && { script }),
      env: { CHECK_OUTPUT: 'off', LOG_LEVEL: 'warn', PROVISIONER_DATABASE_URL: provisionerUrl, ...env },
    })
    return {
      server,
      adminUrl: database.adminUrl!, // the embedded one has a superuser
      practices,
      async stop() {
        await server.stop()
        await end()
      },
    }
  } catch (error) {
    await end()
    throw error
  }
}

async function openAll(
  count: number,
  on: {
    appUrl: string
    provisionerUrl: string
    config: ReturnType<typeof readConfig>
    say: (sentence: string) => void
  },
): Promise<PracticeAddress[]> {
  const pool = openPool(on.appUrl)
  const db = centralDb(pool)
  const vault = vaultOf(loadMasterKey(on.config))
  const shared = { db, pool, vault, clock: systemClock, log: openLog('error') }
  const tenants = openTenants({ ...shared, cap: 16 })
  const mail = openMail({
    ...shared,
    config: on.config,
    sentences: sentencesOf(readMessages()),
    jobs() {
      throw new Error('what is captured needs no queue')
    },
  })
  const open = await openingAtOnce({
    ...shared,
    tenants,
    audit: openAudit(shared),
    inviteHolder: (transaction, invitation) =>
      inviteMember(
        { mail, practiceUrl: new URL(on.config.practiceUrl), clock: systemClock },
        transaction,
        invitation,
      ),
    provisionerUrl: on.provisionerUrl,
  })
  await seedDemonstrationStaff(db, vault)
  await db.updateTable('clusters').set({ capacity: count }).execute()
  const made: PracticeAddress[] = []
  let begun = 0
  const openNext = async () => {
    while (begun < count) {
      const which = begun++
      const person = { firstName: 'Camille', lastName: `Roche ${which}` }
      const { id: clientId } = await db
        .insertInto('clients')
        .values({ kind: 'practitioner', status: 'active', email: `client-${which}@example.com`, ...person })
        .returning('id')
        .executeTakeFirstOrThrow()
      const { tenantId } = await open({ clientId, askedBy: null, cluster: undefined })
      const { id: memberId } = await db
        .selectFrom('members')
        .where('tenantId', '=', tenantId)
        .select('id')
        .executeTakeFirstOrThrow()
      await comingAndGoing(tenants.databases).enterPractice({
        tenantId,
        memberId,
        profile: 'practitioner',
        ...person,
      })
      made.push({
        tenantId,
        cookie: `mgp_member_session=${await signIn(memberId)}`,
        url: await wayTo(tenantId),
      })
      if (made.length % 100 === 0) on.say(`${made.length} practices are open`)
    }
  }
  /** What signing in leaves behind, without a password to be hashed. */
  async function signIn(memberId: string): Promise<string> {
    const token = newToken()
    const now = new Date()
    await insertMemberSession(db, {
      memberId,
      tokenHash: hashOf(token),
      createdAt: now,
      begunAt: now,
      expiresAt: new Date(now.getTime() + 12 * 3_600_000),
      steppedUpAt: null,
      factor: null,
      ip: '127.0.0.1',
      userAgent: 'bench',
    })
    return token
  }
  async function wayTo(tenantId: string): Promise<string> {
    const place = await tenants.catalogue.locate(tenantId)
    if (!place) throw new Error('what was just opened is not in the catalogue')
    const url = new URL(place.address)
    url.pathname = `/${place.databaseName}`
    url.username = `${place.loginRole}_practitioner`
    url.password = place.passwordOf('practitioner')
    return url.href
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, openNext))
    return made
  } finally {
    await tenants.close()
    await pool.end()
  }
}

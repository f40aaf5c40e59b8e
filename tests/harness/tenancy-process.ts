/** What a process that makes practices has, without a server: for what happens when it dies, or when there are two. */
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type pg from 'pg'
import { forgetPractice } from '#server/support'
import { openAudit, type Audit } from '#server/audit'
import { inviteMember, type Members } from '#server/identity'
import {
  mainCluster,
  openPractice,
  openTenants,
  openWorks,
  workKindsOf,
  type Tenants,
  type Works,
} from '#server/tenancy'
import { dropDatabase, dropLogins } from '../../modules/tenancy/server/making-databases.ts'
import type { Schema } from '../../modules/tenancy/server/versions.ts'
import { readMessages } from '../../apps/server/messages.ts'
import { systemClock, type Clock } from '#platform/server/clock.ts'
import { centralDb, openPool, type CentralDb } from '#platform/server/db.ts'
import { openFiles } from '#platform/server/files.ts'
import { openLog, type Logger } from '#platform/server/log.ts'
import { openMail } from '#platform/server/mail.ts'
import { newToken } from '#platform/server/random.ts'
import { sentencesOf } from '#platform/server/sentences.ts'
import { vaultOf, type Vault } from '#platform/server/vault.ts'

export type TenancyProcess = {
  db: CentralDb
  pool: pg.Pool
  vault: Vault
  audit: Audit
  clock: Clock
  log: Logger
  tenants: Tenants
  works: Works
  dataDir: string
  invite: Members['invite']
  /** A client and their practice, asked for and not begun. */
  ask(over?: {
    clientId?: string
    cluster?: string
  }): Promise<{ tenantId: string; workId: string; clientId: string }>
  close(): Promise<void>
}

export type Installation = {
  database: { appUrl: string; provisionerUrl: string }
  masterKey: Buffer
  dataDir: string
}

export async function tenancyProcess(
  { database, masterKey, dataDir }: Installation,
  over: { clock?: Clock; schema?: Schema } = {},
): Promise<TenancyProcess> {
  const pool = openPool(database.appUrl, { max: 4 })
  const shared = {
    db: centralDb(pool),
    pool,
    vault: vaultOf(masterKey),
    clock: over.clock ?? systemClock,
    log: openLog('silent'),
  }
  const tenants = openTenants({ ...shared, cap: 8, ...(over.schema ? { schema: over.schema } : {}) })
  await tenants.clusters.ensure(mainCluster, database.provisionerUrl)
  const audit = openAudit(shared)
  const mail = openMail({
    ...shared,
    config: { appEnv: 'test', smtpUrl: undefined, mailFrom: { name: 'Test', email: 'a@example.com' } },
    sentences: sentencesOf(messages),
    jobs() {
      throw new Error('what is captured needs no queue')
    },
  })
  const practiceUrl = new URL('http://app.localhost:3000')
  const invite: Members['invite'] = (transaction, invitation) =>
    inviteMember({ mail, practiceUrl, clock: shared.clock }, transaction, invitation)
  const parts = {
    ...shared,
    ...tenants,
    audit,
    inviteHolder: invite,
    dataDir,
    files: openFiles(dataDir),
    forgetPractice,
  }
  const works = openWorks({ ...shared, kinds: workKindsOf(parts) })
  return {
    ...shared,
    audit,
    tenants,
    works,
    dataDir,
    invite,
    async ask({ clientId = undefined, cluster } = {}) {
      const id = clientId ?? (await newClient(shared.db))
      const { tenantId, workId } = await shared.db
        .transaction()
        .execute((transaction: CentralDb) =>
          openPractice(
            transaction,
            { vault: shared.vault, jobs: undefined },
            { clientId: id, cluster, askedBy: null, now: shared.clock.now() },
          ),
        )
      return { tenantId, workId, clientId: id }
    },
    async close() {
      await works.close()
      await tenants.close()
      await pool.end()
    },
  }
}

const messages = readMessages()

export async function newClient(db: CentralDb): Promise<string> {
  const { id } = await db
    .insertInto('clients')
    .values({
      kind: 'practitioner',
      status: 'active',
      email: `client-${newToken().slice(0, 16).toLowerCase()}@example.com`,
      firstName: 'Claire',
      lastName: 'Moreau',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Drops whatever the catalogue of this installation knows: databases, those beside them, and logins. */
export async function dropPractices({ db, tenants }: Pick<TenancyProcess, 'db' | 'tenants'>): Promise<void> {
  const living = await db.selectFrom('tenants').select(['clusterId', 'databaseName', 'loginRole']).execute()
  const spare = await db
    .selectFrom('tenantSpares')
    .select(['clusterId', 'databaseName', 'loginRole'])
    .execute()
  for (const { clusterId, databaseName, loginRole } of [...living, ...spare]) {
    const provisioner = await tenants.clusters.provisioner(clusterId)
    await dropDatabase(provisioner, databaseName)
    await dropLogins(provisioner, loginRole)
  }
}

/** A folder for the files of an installation, and how to be rid of it. */
export function temporaryFolder(): { dataDir: string; remove(): void } {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'mgp-practices-'))
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) }
}

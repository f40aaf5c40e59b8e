import { randomBytes } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { seedDemonstrationStaff } from '#server/identity'
import { testDatabase } from '../../../tests/harness/database.ts'
import { newClient, temporaryFolder } from '../../../tests/harness/tenancy-process.ts'
import { openPractice } from '#server/tenancy'
import { readConfig } from '#platform/server/config.ts'
import { centralDb, openPool } from '#platform/server/db.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { dropDatabase, dropLogins } from '../../../modules/tenancy/server/making-databases.ts'
import { withFleet } from './own-fleet.ts'

const database = await testDatabase()
const { dataDir, remove } = temporaryFolder()
const masterKey = randomBytes(32)
const environment = {
  APP_ENV: 'test',
  DATABASE_URL: database.appUrl,
  PROVISIONER_DATABASE_URL: database.provisionerUrl,
  DATA_DIR: dataDir,
  MASTER_KEY: masterKey.toString('base64'),
}
const pool = openPool(database.appUrl, { max: 1 })
await seedDemonstrationStaff(centralDb(pool), vaultOf(masterKey))

afterAll(async () => {
  await pool.end()
  remove()
})

test('a command opens a practice by itself, without a server beside it', async () => {
  await withFleet(readConfig(environment), async ({ db, vault, works, tenants }) => {
    const clientId = await newClient(db)
    const { tenantId, workId } = await db
      .transaction()
      .execute((transaction) =>
        openPractice(transaction, { vault, jobs: undefined }, { clientId, askedBy: null, now: new Date() }),
      )
    expect(await works.run(workId)).toBe('done')
    const practice = await tenants.databases.reading(tenantId, 'practitioner')
    expect(await practice.selectFrom('practice').select(['tenantId', 'name']).execute()).toEqual([
      { tenantId, name: 'Cabinet de Claire Moreau' },
    ])
    await tenants.databases.forget(tenantId, { hard: true })
    const place = await tenants.catalogue.locate(tenantId)
    const provisioner = await tenants.clusters.provisioner(place?.clusterId ?? '')
    await dropDatabase(provisioner, place?.databaseName ?? '')
    await dropLogins(provisioner, place?.loginRole ?? '')
  })
})

test('another installation’s master key is refused before anything is done', async () => {
  const config = readConfig({ ...environment, MASTER_KEY: randomBytes(32).toString('base64') })
  const never = () => Promise.reject(new Error('nothing was to be done'))
  await expect(withFleet(config, never)).rejects.toThrow(/not the master key the database was sealed with/)
})

test('an address that is not the provisioner’s is refused, and the catalogue keeps the right one', async () => {
  const config = readConfig({ ...environment, PROVISIONER_DATABASE_URL: database.adminUrl })
  const never = () => Promise.reject(new Error('nothing was to be done'))
  await expect(withFleet(config, never)).rejects.toThrow(/of PROVISIONER_DATABASE_URL is a superuser/)
  await withFleet(readConfig(environment), async ({ db, tenants }) => {
    const { id } = await db.selectFrom('clusters').select('id').executeTakeFirstOrThrow()
    expect((await tenants.clusters.provisioner(id)).url).toBe(database.provisionerUrl)
  })
})

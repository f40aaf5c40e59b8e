/** Demonstration data: invented people and what they live through with the vendor, up to today. */
import { parseArgs } from 'node:util'
import { openCentralDatabase } from '#platform/server/central-database.ts'
import { dayOf, systemClock } from '#platform/server/clock.ts'
import { ConfigError, readConfig, type Config } from '#platform/server/config.ts'
import { centralDb, openPool, type CentralDb } from '#platform/server/db.ts'
import { loadMasterKey } from '#platform/server/master-key.ts'
import { openProvisionerLogin } from '#platform/server/provisioner-login.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { openAudit, tellPast, type PastEntry } from '#server/audit'
import { seriesTold } from '#server/billing'
import { seedDemonstrationStaff } from '#server/identity'
import { loadLarge } from '../demonstration/large.ts'
import { seedPractices } from '../demonstration/practices.ts'
import { demoId } from '../demonstration/ids.ts'
import { insertRows, type Rows } from '../demonstration/rows.ts'
import { smallRows } from '../demonstration/small.ts'
import { seedSupport } from '../demonstration/support.ts'
import {
  countClients,
  foldFigures,
  isDemonstration,
  refreshStatistics,
  staffByRole,
  workAsOwner,
} from '../demonstration/standing.ts'

export const about =
  'demo [--size small|large]   fill an empty database with invented clients, invoices and payments'

type Size = 'small' | 'large'
type Wish = { size?: Size; today?: string; log?: (sentence: string) => void }
type Place = { appUrl: string; adminUrl: string | undefined; config: Config }

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { size: { type: 'string', default: 'small' } } })
  if (values.size !== 'small' && values.size !== 'large') {
    console.error(`--size must be small or large, not ${values.size}`)
    return 2
  }
  const config = readConfig(process.env)
  refuseRealOnes(config)
  const database = await openCentralDatabase(config, console.log)
  try {
    await seedDemo({ ...database, config }, { size: values.size, log: console.log })
    const provisionerUrl = await openProvisionerLogin(config, database)
    if (provisionerUrl !== undefined)
      await seedPractices({ appUrl: database.appUrl, provisionerUrl, config }, console.log)
    else console.log('No practice is opened: that needs PROVISIONER_DATABASE_URL or DATABASE_ADMIN_URL.')
    await seedSupport(database, console.log)
  } finally {
    await database.stop()
  }
  return 0
}

/**
 * Loads the demonstration in one transaction; where it stands already nothing happens.
 * @throws {ConfigError} in staging and production, and where other clients are
 */
export async function seedDemo(
  { appUrl, adminUrl, config }: Place,
  { size = 'small', today = dayOf(new Date()), log = () => {} }: Wish = {},
): Promise<void> {
  refuseRealOnes(config)
  if (size === 'large' && adminUrl === undefined)
    throw new ConfigError(['--size large needs DATABASE_ADMIN_URL: the bulk is loaded as the owner.'])
  const pool = openPool(adminUrl ?? appUrl, { max: 1, name: 'magestionpsy demo' })
  const db = centralDb(pool)
  try {
    const there = await countClients(db)
    if (there > 0 && (await isDemonstration(db)))
      return log(`The demonstration is there already: ${there} clients.`)
    if (there > 0)
      throw new ConfigError([
        `This database holds ${there} clients of its own: the demonstration needs an empty one (another DATA_DIR or DATABASE_URL).`,
      ])
    const began = performance.now()
    await db.transaction().execute(async (transaction: CentralDb) => {
      if (adminUrl !== undefined) await workAsOwner(transaction)
      const vault = vaultOf(loadMasterKey(config))
      await seedDemonstrationStaff(transaction, vault)
      const rows = smallRows(today, await staffByRole(transaction))
      const told = (await insertRows(transaction, rows)).map(seriesTold)
      log(`${rows.clients.length} clients, ${rows.documents.length} invoices and credit notes`)
      // The server may write to the log, and not claim that it did so last year.
      // Nor does it tell what this very day has yet to bring: a log with an hour to come would not verify.
      const past = rows.history.filter((entry) => entry.at.getTime() <= Date.now())
      if (adminUrl !== undefined)
        await tellPast(transaction, vault, [...past, ...told.map((line) => toldThen(line, rows))])
      else {
        log('The audit log begins today: telling what went before needs DATABASE_ADMIN_URL.')
        const audit = openAudit({ vault, clock: systemClock })
        for (const line of told) await audit.writeDownAs(transaction, { ...line, label: 'system' })
      }
      if (size === 'large') await loadLarge(transaction, today, log)
      await foldFigures(transaction)
    })
    await refreshStatistics(adminUrl)
    log(`Demonstration loaded in ${((performance.now() - began) / 1000).toFixed(1)} s.`)
  } finally {
    await db.destroy()
  }
}

/** When the last document was issued; what this very day has yet to bring is told now. */
function toldThen(
  { verb, object, id, after }: ReturnType<typeof seriesTold>,
  { documents }: Rows,
): PastEntry {
  const last = Math.max(...documents.map((one) => one.at.getTime()))
  const at = new Date(Math.min(last, Date.now()))
  const actor = { type: 'system', id: 'system' } as const
  return { id: demoId(id, 0, at), at, actor, verb, object: { type: object, id }, result: 'done', after }
}

function refuseRealOnes({ appEnv }: Config): void {
  if (appEnv === 'staging' || appEnv === 'production')
    throw new ConfigError([
      `APP_ENV is "${appEnv}": demonstration data never goes where real people are served.`,
    ])
}

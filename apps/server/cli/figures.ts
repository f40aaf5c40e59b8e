import pg from 'pg'
import { openCentralDatabase } from '#platform/server/central-database.ts'
import { systemClock } from '#platform/server/clock.ts'
import { ConfigError, readConfig } from '#platform/server/config.ts'
import { centralDb, openPool } from '#platform/server/db.ts'
import { proveFigures } from '#server/dashboard'

export const about =
  'figures [--rebuild]   prove the dashboard’s figures by a full recount now; or replace them by it'

/** @returns 1 when the figures differ from the facts */
export async function run(args: string[]): Promise<number> {
  const database = await openCentralDatabase(readConfig(process.env), console.log)
  const pool = openPool(database.appUrl, { max: 1, name: 'magestionpsy figures' })
  try {
    if (args.includes('--rebuild')) await rebuildFigures(database.adminUrl)
    const say = (facts: object, sentence: string) => console.log(sentence, JSON.stringify(facts))
    const { differing } = await proveFigures(centralDb(pool), systemClock, { info: say, error: say })
    return differing === 0 ? 0 : 1
  } finally {
    await pool.end()
    await database.stop()
  }
}

/** Counts everything anew, as the owner. Whoever writes facts waits meanwhile, or their change would be lost or counted twice. */
export async function rebuildFigures(adminUrl: string | undefined): Promise<void> {
  if (adminUrl === undefined)
    throw new ConfigError(['--rebuild needs DATABASE_ADMIN_URL: the server itself may not write figures.'])
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    await admin.query(`
      BEGIN;
      SET LOCAL ROLE mgp_owner;
      LOCK TABLE clients, subscriptions, invoices, payment_allocations, figures, figure_deltas IN SHARE ROW EXCLUSIVE MODE;
      DELETE FROM figure_deltas;
      DELETE FROM figures;
      INSERT INTO figures (measure, day, dimension, count, cents)
        SELECT measure, day, dimension, count, cents FROM recounted_figures;
      COMMIT`)
  } finally {
    await admin.end()
  }
}

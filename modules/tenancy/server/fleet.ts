import {
  getFleet,
  migrationOver,
  migrationUnderWay,
  nothingToMigrate,
  provisioningUnavailable,
  startMigration,
  stopMigration,
  type Fleet,
} from '#contract/tenancy'
import { breaks, type CentralDb } from '#platform/server/db.ts'
import type { Errand, Jobs, Schedule } from '#platform/server/jobs.ts'
import { found, handle, refuse, type Handler } from '#platform/server/requests.ts'
import { driftFigures } from './drift-queries.ts'
import {
  insertMigration,
  isSomebodyBehind,
  latestMigration,
  migrationExists,
  planSteps,
  stopMigrationRow,
  tenantsByVersion,
} from './fleet-queries.ts'
import type { FleetRunner } from './migrating-fleet.ts'
import { hasClusters } from './queries.ts'
import { oldestServed, type Schema } from './versions.ts'

/** Its id is the migration's. One that dies is gone on with a minute later, and the tries are for a lost database. */
export const migratingErrand = (runner: Pick<FleetRunner, 'run'>): Errand => ({
  name: fleetMigration.name,
  retries: 3,
  retryDelay: 5,
  secondsATry: 12 * 3600,
  run: (id) => runner.run(id),
})

export const migratingSchedule = (runner: Pick<FleetRunner, 'goOn'>): Schedule => ({
  name: 'fleet-migrations',
  cron: '* * * * *',
  secondsATry: 12 * 3600,
  run: () => runner.goOn(),
})

const fleetMigration = { name: 'fleet-migration' } as const

type Asked = { failuresAllowed: number; askedBy: string | null }

/**
 * In the caller's transaction, with everybody's place in it.
 * @returns its id
 * @throws Refused nobody is behind, or one is under way
 */
export async function askForMigration(
  db: CentralDb,
  schema: Schema,
  asked: Asked,
  /** None on the command line, where whoever asks runs it. */
  jobs: Pick<Jobs, 'send'> | undefined,
): Promise<string> {
  if (!(await isSomebodyBehind(db, schema.current))) throw refuse(nothingToMigrate)
  let id: string
  try {
    id = await insertMigration(db, { ...asked, toVersion: schema.current })
  } catch (error) {
    throw breaks(error, 'fleet_migrations_one_at_a_time') ? refuse(migrationUnderWay) : error
  }
  await planSteps(db, id)
  await jobs?.send(db, fleetMigration, id)
  return id
}

export async function fleetNow(db: CentralDb, { current, migrations }: Schema): Promise<Fleet> {
  return {
    currentVersion: current,
    oldestServed,
    versions: await tenantsByVersion(db),
    migrations: migrations.map(({ version, name }) => ({ version, name })),
    latest: await latestMigration(db),
    drift: await driftFigures(db),
  }
}

export const fleet = (on: { schema: Schema; jobs: () => Pick<Jobs, 'send'> }): Handler[] => [
  handle(getFleet, (ctx) => fleetNow(ctx.db, on.schema)),

  handle(startMigration, async (ctx, { body: { failuresAllowed } }) => {
    if (!(await hasClusters(ctx.db))) throw refuse(provisioningUnavailable)
    const asked = { failuresAllowed, askedBy: ctx.actor.staffId }
    const id = await askForMigration(ctx.db, on.schema, asked, on.jobs())
    ctx.record({ object: 'fleet_migration', id, after: { toVersion: on.schema.current, failuresAllowed } })
    return fleetNow(ctx.db, on.schema)
  }),

  handle(stopMigration, async (ctx, { params: { id } }) => {
    found((await migrationExists(ctx.db, id)) || null)
    if (!(await stopMigrationRow(ctx.db, id, 'asked'))) throw refuse(migrationOver)
    ctx.record({ object: 'fleet_migration', id, after: { state: 'stopped' } })
    return fleetNow(ctx.db, on.schema)
  }),
]

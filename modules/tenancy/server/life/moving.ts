import type pg from 'pg'
import { clusterUnfit, moveTenant } from '#contract/tenancy'
import type { CentralDb } from '#platform/server/db.ts'
import { handle, refuse, type Handler } from '#platform/server/requests.ts'
import { WorkTrouble, type StepContext, type WorkKind } from '../works.ts'
import { copyOut } from './archive/copying.ts'
import { rowsByTable, type TableContents } from './archive/manifest.ts'
import { migrationsOf, prepare, sequencesOf, tablesOf } from './archive/tables.ts'
import { answered, askingOf, begin, tenantToChange, type Asked, type Asking, type On } from './asking.ts'
import { unshut } from './closing.ts'
import { fill, type Expected } from './filling.ts'
import { asMaker, type Living } from './living.ts'
import { makeBeside, schemaWith } from './making-beside.ts'
import type { LifeParts } from './parts.ts'
import { lockClusterWithRoom } from './queries.ts'
import { handToSweeper } from './dropping-spares.ts'
import { newBeside, secretOf, type Beside } from './spare-secrets.ts'
import { giveBack, holdStill, shutReplaced, takePlace, untilItLives } from './taking-place.ts'

type Plan = {
  clusterId: string
  /** What is made over there: chosen by the first step. */
  beside?: Beside
  /** Where it moved away from. */
  from?: { clusterId: string; databaseName: string; loginRole: string }
  rows?: Record<string, number>
}

/** In the caller's transaction. @throws Refused */
export async function askForMove(
  db: CentralDb,
  id: string,
  { clusterId }: { clusterId: string },
  asking: Asking,
): Promise<Asked> {
  const tenant = await tenantToChange(db, id)
  const cluster = await lockClusterWithRoom(db, clusterId)
  const fits = cluster?.state === 'open' && cluster.unreachableSince === null && cluster.room > 0
  if (!fits || clusterId === tenant.clusterId) throw refuse(clusterUnfit)
  const plan: Plan = { clusterId }
  const workId = await begin(db, tenant, { kind: 'move', plan }, asking)
  const before = { clusterId: tenant.clusterId }
  return { object: 'tenant', id, tenant: id, before, after: { clusterId }, workId }
}

export const moving = (on: On): Handler =>
  handle(moveTenant, async (ctx, { params: { id }, body }) =>
    answered(ctx, await askForMove(ctx.db, id, body, askingOf(ctx, on)), id, on),
  )

/**
 * What takes long and needs nothing still comes first: the database over there. Then the practice can be read and not
 * written, until its rows are over there, counted and compared. Before the catalogue names the new place nothing is
 * changed that `undo` does not put back; after it nothing is undone.
 */
export const moveKind = (on: LifeParts): WorkKind => ({
  kind: 'move',
  steps: [
    {
      name: 'make',
      run: (step) => untilItLives(on, step, newcomerOf(step), (living) => make(on, step, living)),
    },
    {
      name: 'hold',
      run: (step) => untilItLives(on, step, newcomerOf(step), async (living) => holdStill(on, step, living)),
    },
    {
      name: 'copy',
      run: (step) => untilItLives(on, step, newcomerOf(step), (living) => copy(on, step, living)),
    },
    {
      name: 'switch',
      run: (step) => untilItLives(on, step, newcomerOf(step), (living) => over(on, step, living)),
    },
    {
      name: 'close',
      async run({ plan }) {
        const { from } = plan as Plan
        if (from) await shutReplaced(on, from)
      },
    },
  ],
  async undo(step) {
    const { clusterId, beside } = step.plan as Plan
    await giveBack(on, step)
    if (beside) await handToSweeper(on, step, { ...beside, clusterId })
  },
})

async function make(on: LifeParts, step: StepContext, living: Living): Promise<void> {
  const { databaseName, loginRole, clusterId: home } = living
  if (!(step.plan as Plan).beside)
    await step.save({
      beside: newBeside(on.vault),
      from: { clusterId: home, databaseName, loginRole },
    } satisfies Partial<Plan>)
  const { clusterId, beside } = plannedOf(step)
  const source = await on.clusters.provisioner(home)
  const migrations = await source.asItsOwner(living, migrationsOf)
  await makeBeside(on, await on.clusters.provisioner(clusterId), beside, migrations)
}

async function copy(on: LifeParts, step: StepContext, living: Living): Promise<void> {
  const { clusterId, beside } = plannedOf(step)
  const [source, target] = [
    await on.clusters.provisioner(living.clusterId),
    await on.clusters.provisioner(clusterId),
  ]
  const { tables } = await source.asItsOwner(living, (from) =>
    asMaker(target, beside.databaseName, (to) => copyAcross(from, to, step)),
  )
  await step.save({ rows: rowsByTable(tables) } satisfies Partial<Plan>)
}

/** One snapshot over here, one transaction over there. */
async function copyAcross(from: pg.Client, to: pg.Client, step: StepContext): Promise<Expected> {
  await prepare(from)
  await from.query('begin isolation level repeatable read read only')
  const [migrations, theirs] = [await migrationsOf(from), await migrationsOf(to)]
  if (JSON.stringify(migrations) !== JSON.stringify(theirs))
    throw new WorkTrouble('schema_unknown', 'it was migrated meanwhile')
  const total = await bytesIn(from)
  let done = 0
  const expected = await fill(to, async (put) => {
    const contents: TableContents[] = []
    for (const table of await tablesOf(from)) {
      const outflow = copyOut(from, table)
      await put({
        table: table.name,
        data: (async function* () {
          for await (const chunk of outflow.data) {
            step.signal.throwIfAborted()
            step.progress(Math.min((done += chunk.length), total), total)
            yield chunk
          }
        })(),
      })
      contents.push(outflow.contents())
    }
    return { tables: contents, sequences: await sequencesOf(from) }
  })
  await from.query('commit')
  return expected
}

async function bytesIn(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ bytes: string }>(
    `select coalesce(sum(pg_table_size(oid)), 0)::text as bytes from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  )
  return Number(rows[0]?.bytes ?? 0)
}

async function over(on: LifeParts, step: StepContext, living: Living): Promise<void> {
  const { clusterId, beside, rows = {} } = plannedOf(step)
  const target = await on.clusters.provisioner(clusterId)
  const { databaseName, loginRole } = beside
  const loginSecret = secretOf(on.vault, beside)
  // Open from here on, also for who goes on after somebody's death: as its own owner, as for every living one.
  await target.run((client) => unshut(client, beside))
  const migrations = await target.asItsOwner({ databaseName, loginRole, loginSecret }, migrationsOf)
  await takePlace(on, step, {
    living,
    newcomer: {
      clusterId,
      databaseName,
      loginRole,
      loginSecret,
      schemaVersion: schemaWith(on.schema, migrations).current,
    },
    origin: 'moved',
    rowsByTable: rows,
  })
}

function plannedOf(step: StepContext): Plan & { beside: Beside } {
  const { beside, ...plan } = step.plan as Plan
  if (!beside) throw new Error('a move without a place to move to')
  return { ...plan, beside }
}

const newcomerOf = (step: StepContext) => (step.plan as Plan).beside?.databaseName

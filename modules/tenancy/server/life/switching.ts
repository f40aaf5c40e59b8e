import { switchTenant } from '#contract/tenancy'
import type { CentralDb } from '#platform/server/db.ts'
import { found, handle, type Handler } from '#platform/server/requests.ts'
import { migrateTenant } from '../migrating.ts'
import { WorkTrouble, type StepContext, type WorkKind } from '../works.ts'
import { tablesOf, quoted } from './archive/tables.ts'
import { answered, askingOf, begin, tenantToChange, type Asked, type Asking, type On } from './asking.ts'
import { shut, unshut } from './closing.ts'
import type { Living } from './living.ts'
import type { LifeParts } from './parts.ts'
import { spareByName } from './queries.ts'
import { livedOf, visiting } from './visiting.ts'
import { giveBack, holdStill, shutReplaced, takePlace, untilItLives } from './taking-place.ts'

type Plan = {
  databaseName: string
  reason: string
  /** What it replaces. */
  from?: { clusterId: string; databaseName: string; loginRole: string }
}

/** In the caller's transaction. @throws Refused */
export async function askForSwitch(
  db: CentralDb,
  id: string,
  { databaseName, reason }: { databaseName: string; reason: string },
  asking: Asking,
): Promise<Asked> {
  const tenant = await tenantToChange(db, id)
  found(await spareByName(db, id, databaseName))
  const plan: Plan = { databaseName, reason }
  const workId = await begin(db, tenant, { kind: 'switch', plan }, asking)
  const before = { databaseName: tenant.databaseName }
  return { object: 'tenant', id, tenant: id, before, after: { databaseName }, reason, workId }
}

export const switching = (on: On): Handler =>
  handle(switchTenant, async (ctx, { params: { id }, body }) =>
    answered(ctx, await askForSwitch(ctx.db, id, body, askingOf(ctx, on)), id, on),
  )

/** What takes long comes first: the database beside is brought to today's schema before the living one is held still. */
export const switchKind = (on: LifeParts): WorkKind => ({
  kind: 'switch',
  steps: [
    {
      name: 'migrate',
      run: (step) => untilItLives(on, step, newcomerOf(step), (living) => bringUp(on, step, living)),
    },
    {
      name: 'hold',
      run: (step) => untilItLives(on, step, newcomerOf(step), (living) => holdStill(on, step, living)),
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
    await giveBack(on, step)
    const spare = await spareByName(step.db, step.tenantId, (step.plan as Plan).databaseName)
    if (!spare) return
    const provisioner = await on.clusters.provisioner(spare.clusterId)
    await provisioner.run((client) => shut(client, spare))
  },
})

async function bringUp(on: LifeParts, step: StepContext, living: Living): Promise<void> {
  const { clusterId, databaseName, loginRole } = living
  if (!(step.plan as Plan).from)
    await step.save({ from: { clusterId, databaseName, loginRole } } satisfies Partial<Plan>)
  const spare = await spareOf(step)
  const provisioner = await on.clusters.provisioner(spare.clusterId)
  const target = { tenantId: step.tenantId, databaseName: spare.databaseName }
  const lived = livedOf(on.vault, spare)
  await migrateTenant((work) => visiting(provisioner, lived, work), target, on.schema)
}

async function over(on: LifeParts, step: StepContext, living: Living): Promise<void> {
  const { reason } = step.plan as Plan
  const spare = await spareOf(step)
  const home = await on.clusters.provisioner(living.clusterId)
  const rowsByTable = await home.asItsOwner(living, countRows)
  const provisioner = await on.clusters.provisioner(spare.clusterId)
  await provisioner.run((client) => unshut(client, spare))
  await takePlace(on, step, {
    living,
    newcomer: {
      ...livedOf(on.vault, spare),
      clusterId: spare.clusterId,
      schemaVersion: on.schema.current,
    },
    origin: 'replaced',
    rowsByTable,
    reason,
  })
}

async function spareOf(step: StepContext) {
  const { databaseName } = step.plan as Plan
  const spare = await spareByName(step.db, step.tenantId, databaseName)
  if (!spare) throw new WorkTrouble('spare_gone', databaseName, { isFinal: true })
  return spare
}

async function countRows(client: Parameters<typeof tablesOf>[0]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { name } of await tablesOf(client)) {
    const { rows } = await client.query<{ rows: string }>(
      `select count(*) as rows from public.${quoted(name)}`,
    )
    counts[name] = Number(rows[0]?.rows ?? 0)
  }
  return counts
}

const newcomerOf = (step: StepContext) => (step.plan as Plan).databaseName

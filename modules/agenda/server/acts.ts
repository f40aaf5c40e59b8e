import {
  actChanged,
  actInUse,
  actsAlreadyThere,
  addAct,
  addUsualActs,
  listActs,
  removeTariff,
  setTariff,
  updateAct,
  type Act,
} from '#contract/agenda'
import { uuidv7 } from '#platform/server/ids.ts'
import {
  found,
  handleInTenant,
  refuse,
  type TenantContext,
  type TenantHandler,
} from '#platform/server/requests.ts'
import {
  actsShown,
  actShown,
  beginAlone,
  deleteTariff,
  insertActs,
  isActUsed,
  putTariff,
  touchAct,
} from './act-queries.ts'
import { houseOf } from './house.ts'
import { localDay } from './local-time.ts'
import { usualActs } from './usual-acts.ts'

export const acts: readonly TenantHandler[] = [
  handleInTenant(listActs, async (ctx) => {
    const rows = await actsShown(ctx.db)
    return { rows: seesPrices(ctx) ? rows : rows.map((act) => ({ ...act, tariffs: [] })) }
  }),

  handleInTenant(
    addAct,
    (ctx) => ({ id: uuidv7(ctx.clock.now().getTime()) }),
    async (ctx, { body: { feeCents, ...about } }, { id }) => {
      const position = (await actsShown(ctx.db)).length
      const fromOn = await today(ctx)
      await insertActs(ctx.db, [{ id, ...about, position }])
      await putTariff(ctx.db, { actId: id, fromOn, feeCents })
      ctx.record({ after: { ...about, fromOn, feeCents } })
      return found(await actShown(ctx.db, id))
    },
  ),

  handleInTenant(addUsualActs, async (ctx, _input) => {
    await beginAlone(ctx.db)
    if ((await actsShown(ctx.db)).length > 0) throw refuse(actsAlreadyThere)
    const fromOn = await today(ctx)
    const rows = usualActs[ctx.request.language].map(({ feeCents, ...act }, position) => ({
      act: { id: uuidv7(ctx.clock.now().getTime()), ...act, position },
      feeCents,
    }))
    await insertActs(
      ctx.db,
      rows.map(({ act }) => act),
    )
    for (const { act, feeCents } of rows) await putTariff(ctx.db, { actId: act.id, fromOn, feeCents })
    ctx.record({ after: { ids: rows.map(({ act }) => act.id) } })
    return { rows: await actsShown(ctx.db) }
  }),

  handleInTenant(updateAct, async (ctx, { params: { id }, body: { revision, archived, ...change } }) => {
    const before = await unchanged(ctx, id, revision)
    const { monSoutienPsy = before.monSoutienPsy } = change
    if (monSoutienPsy !== before.monSoutienPsy && (await isActUsed(ctx.db, id))) throw refuse(actInUse)
    await touchAct(ctx.db, id, {
      ...change,
      ...(archived !== undefined && { archivedAt: archived ? ctx.clock.now() : null }),
    })
    const { tariffs: _, revision: __, ...said } = before
    ctx.record({ before: said, after: { ...change, ...(archived !== undefined && { archived }) } })
    return found(await actShown(ctx.db, id))
  }),

  handleInTenant(setTariff, async (ctx, { params: { id, fromOn }, body: { revision, feeCents } }) => {
    const { tariffs } = await unchanged(ctx, id, revision)
    await putTariff(ctx.db, { actId: id, fromOn, feeCents })
    await touchAct(ctx.db, id, {})
    const before = tariffs.find((tariff) => tariff.fromOn === fromOn)
    ctx.record({ ...(before && { before }), after: { fromOn, feeCents } })
    return found(await actShown(ctx.db, id))
  }),

  handleInTenant(removeTariff, async (ctx, { params: { id, fromOn }, query: { revision } }) => {
    const { tariffs } = await unchanged(ctx, id, revision)
    const before = found(tariffs.find((tariff) => tariff.fromOn === fromOn))
    await deleteTariff(ctx.db, id, fromOn)
    await touchAct(ctx.db, id, {})
    ctx.record({ before })
    return found(await actShown(ctx.db, id))
  }),
]

/** Whoever sets them does, be it in a space of her own where no fees are kept. */
const seesPrices = ({ member: { permissions } }: Pick<TenantContext, 'member'>) =>
  permissions.has('fees.read') || permissions.has('agenda.settings')

async function today(ctx: TenantContext): Promise<string> {
  return localDay(ctx.clock.now(), (await houseOf(ctx)).timeZone)
}

/** @throws NotFound, Refused act_changed */
async function unchanged(ctx: TenantContext, id: string, revision: number): Promise<Act> {
  const act = found(await actShown(ctx.db, id, { held: true }))
  if (act.revision !== revision) throw refuse(actChanged, { details: { current: act } })
  return act
}

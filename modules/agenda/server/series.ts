import {
  bookSeries,
  changeSeries,
  previewSeries,
  seriesEmpty,
  seriesNotPlanned,
  seriesOverlaps,
  type Occurrence,
} from '#contract/agenda'
import { uuidv7 } from '#platform/server/ids.ts'
import {
  found,
  handleInTenant,
  refuse,
  type TenantContext,
  type TenantHandler,
} from '#platform/server/requests.ts'
import { appointmentsOf, following, oneAfterAnother, standing, type Standing } from './appointment-queries.ts'
import { availabilityOf, outsideOf } from './availability.ts'
import { readyToBook } from './booking.ts'
import { insertAppointments, insertSeries } from './booking-queries.ts'
import { houseOf, whoseAgenda, type House } from './house.ts'
import { cancelAs } from './lateness.ts'
import { instantOf, localOf } from './local-time.ts'
import { markAll } from './marking.ts'
import { moveAll, timeOf, unchanged } from './moving.ts'
import { occurrencesOf, timesOf, told, type Time } from './occurrences.ts'
import { asked, placing, withinTheYear } from './placing.ts'

const newTimes = (times: readonly string[]) => times.map((startsLocal) => ({ id: null, startsLocal }))
const overlapping = (taken: readonly Occurrence[]) => refuse(seriesOverlaps, { details: { taken } })

export const series: readonly TenantHandler[] = [
  handleInTenant(previewSeries, async (ctx, { query: { practitionerId, minutes, ...rhythm } }) => {
    const house = await houseOf(ctx)
    const whose = whoseAgenda(house, practitionerId, ctx, 'query')
    const times = newTimes(timesOf(rhythm))
    return { occurrences: (await occurrencesOf(ctx, house, whose, { times, minutes })).map(told) }
  }),

  handleInTenant(
    bookSeries,
    (ctx) => ({ id: uuidv7(ctx.clock.now().getTime()) }),
    async (ctx, { body: { skip, keep, startsLocal, everyWeeks, until, count, ...what } }, { id }) => {
      const house = await houseOf(ctx)
      const ready = await readyToBook(ctx, house, what)
      const { practitionerId } = ready.row
      await oneAfterAnother(ctx.db, [practitionerId])
      const times = newTimes(timesOf({ startsLocal, everyWeeks, until, count }))
      const all = await occurrencesOf(ctx, house, practitionerId, { times, minutes: ready.minutes })
      const isWanted = ({ on, state }: Occurrence) =>
        state !== 'missing' && !skip.includes(on) && (state !== 'skipped' || keep.includes(on))
      const wanted = all.filter(isWanted)
      const taken = wanted.filter((one) => one.taken !== null)
      if (taken.length > 0) throw overlapping(taken.map(told))
      if (wanted.length === 0) throw refuse(seriesEmpty)

      const rows = wanted
        .flatMap(({ time }) => time ?? [])
        .map(({ startsAt, endsAt }) => ({
          ...ready.row,
          id: uuidv7(ctx.clock.now().getTime()),
          startsAt,
          endsAt,
          feeCents: ready.feeAt(startsAt),
          seriesId: id,
        }))
      await insertSeries(ctx.db, {
        id,
        practitionerId,
        everyWeeks,
        firstOn: found(wanted[0]).on,
        lastOn: found(wanted.at(-1)).on,
        startsLocal: startsLocal.slice(11),
        createdAt: ctx.clock.now(),
      })
      await placing(
        ctx,
        house,
        rows,
        () => insertAppointments(ctx.db, rows),
        () => overlapping([]),
      )
      await withinTheYear(
        ctx,
        house,
        rows.map((row) => ({ ...row, monSoutienPsy: ready.monSoutienPsy })),
      )
      const ids = rows.map((row) => row.id)
      ctx.record({ after: { practitionerId, patientId: ready.row.patientId, everyWeeks, ids } })
      return {
        seriesId: id,
        appointments: await appointmentsOf(ctx.db, asked(ctx, house), ids),
        skipped: all.filter((one) => !isWanted(one)).map(told),
        warnings: await ready.warningsOn(found(rows[0]).startsAt),
      }
    },
  ),

  handleInTenant(changeSeries, async (ctx, { params: { id }, body: { revision, change } }) => {
    const house = await houseOf(ctx)
    const first = await unchanged(ctx, house, id, revision)
    if (first.status !== 'planned') throw refuse(seriesNotPlanned)
    const these = await thisAndFollowing(ctx, first)
    const before = these.map((one) => ({
      id: one.id,
      startsLocal: localOf(one.startsAt, house.timeZone),
      minutes: minutesOf(one),
    }))
    if (change.kind === 'cancel') {
      await markAll(
        ctx,
        house,
        these.map((one) => ({
          before: one,
          status: change.late === 'free' ? 'cancelled' : cancelAs(one, house, ctx.clock.now()),
        })),
      )
    } else {
      await moveFollowing(ctx, house, { first, these }, change)
    }
    const ids = these.map((one) => one.id)
    const appointments = await appointmentsOf(ctx.db, asked(ctx, house), ids)
    const closed = change.kind === 'cancel' ? [] : await closedAmong(ctx, house, await standing(ctx.db, ids))
    ctx.record({ after: { change: change.kind, ids } })
    return { appointments, closed, before }
  }),
]

/** The one that was meant, and those after it that are still to come: what is over counts as kept, said or not. */
async function thisAndFollowing(ctx: TenantContext, first: Standing): Promise<Standing[]> {
  await oneAfterAnother(ctx.db, [first.practitionerId])
  const ids = await following(ctx.db, found(first.seriesId), first.startsAt)
  const now = ctx.clock.now()
  const these = (await standing(ctx.db, ids)).filter(({ id, endsAt }) => id === first.id || endsAt > now)
  if (these.length === 0) throw refuse(seriesEmpty)
  return these
}

/** As many days further as the first one goes, to the same hour; those on days to be left out stay. */
async function moveFollowing(
  ctx: TenantContext,
  house: House,
  { first, these }: { first: Standing; these: readonly Standing[] },
  change: { startsLocal: string; minutes?: number | undefined; skip: readonly string[] },
): Promise<void> {
  const to = Temporal.PlainDateTime.from(change.startsLocal)
  const from = Temporal.PlainDateTime.from(localOf(first.startsAt, house.timeZone))
  const days = from.toPlainDate().until(to.toPlainDate()).days
  const moved = these
    .map((before) => ({ before, was: Temporal.PlainDateTime.from(localOf(before.startsAt, house.timeZone)) }))
    .filter(({ was }) => !change.skip.includes(was.toPlainDate().toString()))
    .map(({ before, was }) => {
      const startsLocal = was
        .toPlainDate()
        .add({ days })
        .toPlainDateTime(to.toPlainTime())
        .toString({ smallestUnit: 'minute' })
      const startsAt = instantOf(startsLocal, house.timeZone, 'change.startsLocal')
      return {
        before,
        on: was.toPlainDate().toString(),
        startsLocal,
        to: timeOf(before, startsAt, change.minutes),
      }
    })
  if (moved.length === 0) throw refuse(seriesEmpty)
  const times: Time[] = moved.map(({ before, startsLocal, to: { startsAt, endsAt } }) => ({
    id: before.id,
    startsLocal,
    startsAt,
    endsAt,
  }))
  const minutes = change.minutes ?? minutesOf(first)
  const taken = (await occurrencesOf(ctx, house, first.practitionerId, { times, minutes }))
    // A day is named as it stands now: so it can be left out.
    .map((one, index) => ({ ...told(one), on: found(moved[index]).on }))
    .filter((one) => one.taken !== null)
  if (taken.length > 0) throw overlapping(taken)
  await moveAll(ctx, house, moved, () => overlapping([]))
}

const minutesOf = ({ startsAt, endsAt }: Standing) => (endsAt.getTime() - startsAt.getTime()) / 60_000

async function closedAmong(ctx: TenantContext, house: House, these: readonly Standing[]) {
  const spans = these.map(({ startsAt, endsAt }) => ({ from: startsAt.getTime(), to: endsAt.getTime() }))
  const known = await availabilityOf(ctx.db, house, found(these[0]).practitionerId, {
    from: Math.min(...spans.map(({ from }) => from)),
    to: Math.max(...spans.map(({ to }) => to)),
  })
  return these.flatMap(({ id }, index) => {
    const outside = outsideOf(known, found(spans[index]))
    return outside ? [{ id, outside }] : []
  })
}

import { getDue, getPatientAccount, listDues, type Due } from '#contract/fees'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { found, handleInTenant, type TenantHandler } from '#platform/server/requests.ts'
import { DuePlace, duePage, duesNamed, overpaidOf, patientNamed, type DueRow } from './dues-queries.ts'
import { houseNow } from './house.ts'
import { notePage } from './issuing/note-queries.ts'
import { shownNote } from './issuing/showing.ts'
import { paymentPage } from './paying/payment-queries.ts'
import { shownPayment } from './paying/showing.ts'

const lastShown = 4
const duesShown = 20

export const dues: readonly TenantHandler[] = [
  handleInTenant(listDues, async (ctx, { query: { after, limit, ...filter } }) => {
    const house = await houseNow(ctx)
    const place = readCursor(DuePlace, after)
    const { rows, sums } = await duePage(ctx.db, filter, house, { after: place, limit: limit + 1 })
    const { total, ...amounts } = sums
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    return {
      rows: shown.map((row) => shownDue(row, house.today)),
      total,
      totalIsExact: true,
      next: rows.length > limit && last ? cursorOf({ at: last.at.toISOString(), id: last.id }) : null,
      today: house.today,
      sums: amounts,
    }
  }),

  handleInTenant(getPatientAccount, async (ctx, { params: { id } }) => {
    const { name } = found(await patientNamed(ctx.db, id))
    const house = await houseNow(ctx)
    const owed = await duePage(ctx.db, { patient: id, state: 'owed' }, house, { limit: duesShown })
    const payments = await paymentPage(ctx.db, { patient: id }, house, { limit: lastShown })
    const notes = await notePage(ctx.db, { patient: id }, { limit: lastShown })
    return {
      patient: { id, name },
      owedCents: owed.sums.leftCents,
      overpaidCents: await overpaidOf(ctx.db, id),
      dues: owed.rows.map((row) => shownDue(row, house.today)),
      payments: payments.rows.map(shownPayment),
      feeNotes: notes.rows.map(shownNote),
    }
  }),

  handleInTenant(getDue, async (ctx, { params: { id } }) => {
    const house = await houseNow(ctx)
    const [row] = await duesNamed(ctx.db, [{ kind: 'appointment', id }], house)
    return { due: row ? shownDue(row, house.today) : null }
  }),
]

export function shownDue(row: DueRow, today: string): Due {
  const { kind, id, label, status, startsLocal, dueCents, paidCents, onDay: on } = row
  const leftCents = dueCents - paidCents
  return {
    kind,
    id,
    patient: { id: row.patientId, name: row.patientName },
    practitioner: { id: row.practitionerId, name: row.practitionerName },
    on,
    startsLocal,
    label,
    status,
    dueCents,
    paidCents,
    leftCents,
    daysLate: row.isOver && leftCents > 0 ? Math.max(0, daysBetween(on, today)) : null,
    feeNote:
      row.feeNoteId !== null && row.feeNoteNumber !== null
        ? { id: row.feeNoteId, number: row.feeNoteNumber }
        : null,
  }
}

const daysBetween = (from: string, to: string) =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days

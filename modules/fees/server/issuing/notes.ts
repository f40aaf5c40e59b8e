import { getFeeNote, listBillable, listFeeNotes, previewFeeNote, printFeeNote } from '#contract/fees'
import { dayOf } from '#platform/server/clock.ts'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { found, handleInTenant, type TenantHandler } from '#platform/server/requests.ts'
import { billableOf, patientNamed } from '../dues-queries.ts'
import { shownDue } from '../dues.ts'
import { houseNow } from '../house.ts'
import { sha256Of } from './content.ts'
import { drawnUp, printable } from './drawing-up.ts'
import { payersOf, practiceMentions, profileMentions } from './mention-queries.ts'
import { missingOf } from './mentions.ts'
import { notePage, NotePlace, noteSums, wholeNote } from './note-queries.ts'
import { printNote, type Standing } from './printing.ts'
import { shownNote, shownWholeNote } from './showing.ts'

export const feeNotes: readonly TenantHandler[] = [
  handleInTenant(listFeeNotes, async (ctx, { query: { after, limit, ...filter } }) => {
    const place = readCursor(NotePlace, after)
    const { rows } = await notePage(ctx.db, filter, { after: place, limit: limit + 1 })
    const { total, totalCents, paidCents } = await noteSums(ctx.db, filter)
    const { today } = await houseNow(ctx)
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    return {
      rows: shown.map(shownNote),
      total,
      totalIsExact: true,
      next:
        rows.length > limit && last
          ? cursorOf({ on: last.issuedOn, number: last.number, id: last.id })
          : null,
      today,
      sums: { totalCents, paidCents, leftCents: totalCents - paidCents },
    }
  }),

  handleInTenant(getFeeNote, async (ctx, { params: { id } }) => {
    const note = found(await wholeNote(ctx.db, id))
    ctx.record({ object: 'fee_note', id, after: { number: note.number } })
    return shownWholeNote(note)
  }),

  handleInTenant(printFeeNote, async (ctx, { params: { id }, query: { as } }) => {
    const { content, contentSha256, number, cancelledAt } = found(await wholeNote(ctx.db, id))
    // What was frozen is what is printed, or nothing is.
    if (!sha256Of(content).equals(contentSha256)) throw new Error(`the content of fee note ${id} was changed`)
    const { timeZone } = await houseNow(ctx)
    const standing: Standing = cancelledAt
      ? { state: 'cancelled', on: dayOf(cancelledAt, timeZone) }
      : { state: 'issued' }
    ctx.record({ object: 'fee_note', id, after: { number } })
    return printNote(content, standing, as)
  }),

  handleInTenant(listBillable, async (ctx, { query: { patient: patientId } }) => {
    const { id, name } = found(await patientNamed(ctx.db, patientId))
    const house = await houseNow(ctx)
    const rows = await billableOf(ctx.db, patientId, house)
    const practice = await practiceMentions(ctx.db)
    const missing = []
    for (const practitionerId of new Set(rows.map((row) => row.practitionerId))) {
      const fields = missingOf(practice, await profileMentions(ctx.db, practitionerId))
      if (fields.length > 0) missing.push({ practitionerId, fields })
    }
    return {
      patient: { id, name },
      rows: rows.map((row) => shownDue(row, house.today)),
      payers: await payersOf(ctx.db, patientId),
      missing,
    }
  }),

  handleInTenant(previewFeeNote, async (ctx, { query: { patient: patientId, item: items, payer, as } }) => {
    const house = await houseNow(ctx)
    const drawn = await drawnUp(ctx, { patientId, items, payerId: payer }, house, 'query')
    const content = await drawn.content('', house.today)
    return printable(() => printNote(content, { state: 'draft' }, as))
  }),
]

import { alreadyBilled, cancelFeeNote, feeNoteCancelled, feeNoteChanged, issueFeeNote } from '#contract/fees'
import { isHere } from '#server/patients'
import { uuidv7 } from '#platform/server/ids.ts'
import {
  found,
  handleInTenant,
  refuse,
  WrongField,
  type TenantContext,
  type TenantHandler,
} from '#platform/server/requests.ts'
import { holdDues, holdPatient } from '../dues-queries.ts'
import { houseNow } from '../house.ts'
import { sha256Of } from './content.ts'
import { drawnUp, printable } from './drawing-up.ts'
import { insertNote, lastIssuedOn, markCancelled, nextNumber, wholeNote } from './note-queries.ts'
import { printNote } from './printing.ts'
import { shownWholeNote } from './showing.ts'

export const issuing: readonly TenantHandler[] = [
  handleInTenant(
    issueFeeNote,
    ({ clock }) => ({ id: uuidv7(clock.now().getTime()) }),
    async (ctx, { body: { patientId, items, payerId, totalCents: seen } }, { id }) => {
      const house = await houseNow(ctx)
      // Whoever bills the same patient waits, and then sees what stands on a note.
      if (!(await holdPatient(ctx.db, patientId)) || !(await isHere(ctx.db, patientId)))
        throw new WrongField('body', 'patientId', 'patient_unknown')
      await holdDues(ctx.db, items)
      const drawn = await drawnUp(ctx, { patientId, items, payerId }, house, 'body')
      const billed = drawn.dues.find((due) => due.feeNoteNumber !== null)?.feeNoteNumber
      if (billed) throw refuse(alreadyBilled, { details: { number: billed }, values: { number: billed } })
      const { number, issuedOn } = await numbered(ctx, drawn.practitionerId, house.today)
      const content = await drawn.content(number, issuedOn)
      const { totalCents, lines } = content
      if (totalCents !== seen) throw refuse(feeNoteChanged, { details: { totalCents } })
      // What cannot be printed is never numbered: the number comes back with the transaction.
      printable(() => printNote(content, { state: 'issued' }, 'pdf'))
      await insertNote(
        ctx.db,
        {
          id,
          practitionerId: drawn.practitionerId,
          patientId,
          number,
          issuedOn,
          totalCents,
          content,
          contentSha256: sha256Of(content),
          issuedBy: ctx.member.memberId,
          issuedAt: house.now,
        },
        drawn.dues,
        lines,
      )
      const sha256 = sha256Of(content).toString('hex')
      ctx.record({ after: { number, totalCents, lines: lines.length, sha256 } })
      return shownWholeNote(found(await wholeNote(ctx.db, id)))
    },
  ),

  handleInTenant(cancelFeeNote, async (ctx, { params: { id }, body: { reason } }) => {
    const { number, totalCents } = found(await wholeNote(ctx.db, id))
    if (!(await markCancelled(ctx.db, id, reason, ctx.clock.now()))) throw refuse(feeNoteCancelled)
    ctx.record({ after: { number, totalCents } })
    return shownWholeNote(found(await wholeNote(ctx.db, id)))
  }),
]

/** The next number of the year; dates follow numbers, also where the practice's clock was set back meanwhile. */
async function numbered({ db }: TenantContext, practitionerId: string, today: string) {
  const year = Number(today.slice(0, 4))
  const number = await nextNumber(db, practitionerId, year)
  const last = await lastIssuedOn(db, practitionerId)
  const issuedOn = last !== null && last > today && last.startsWith(String(year)) ? last : today
  return { number: `NH-${year}-${String(number).padStart(4, '0')}`, issuedOn }
}

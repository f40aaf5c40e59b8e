import { getClientDunning, letterOutdated, previewLetter, nothingLate, sendLetter } from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import { breaks } from '#platform/server/db.ts'
import { found, handle, NotFound, refuse, type Handler } from '#platform/server/requests.ts'
import { invoiceById } from '../queries.ts'
import { checkTexts } from '../settings/checking.ts'
import { within } from '../within.ts'
import { claimOf } from './claiming.ts'
import { lateInvoice } from './late-queries.ts'
import { lettersTo, pauseOf } from './letter-queries.ts'
import { clientSeen } from './client-queries.ts'
import { planOn, stepOf } from './plans.ts'
import { writeLetter, type Sending } from './sending.ts'
import { shownLate, shownPause } from './showing.ts'
import { wordLetter } from './wording.ts'

export const letters = (on: Sending): readonly Handler[] => [
  handle(previewLetter, async ({ db, clock, actor }, { params: { id } }) => {
    const today = dayOf(clock.now())
    const plan = await planOn(db, today)
    const mine = within(actor, 'invoices.read')
    found(await invoiceById(db, id, mine))
    const row = await lateInvoice(db, { today, plan, mine }, id)
    if (!row) throw refuse(nothingLate)
    const claim = await claimOf(db, row, today)
    const step = stepOf(plan, row)
    const settings = plan.settings.get(row.companyId)
    const worded = step && wordLetter(step, { row, claim, settings, sentences: on.sentences, today })
    return {
      invoice: shownLate(row, today),
      claim,
      letter:
        step && worded && row.nextStep !== null
          ? {
              step: row.nextStep,
              of: settings?.dunning?.steps.length ?? row.nextStep,
              to: row.email,
              subject: worded.subject,
              body: worded.body,
              withPenalties: step.withPenalties,
            }
          : null,
    }
  }),

  handle(sendLetter, async (ctx, { params: { id }, body: seen }) => {
    found(await invoiceById(ctx.db, id, within(ctx.actor, 'invoices.read')))
    const { subject, body } = seen
    await checkTexts(ctx.db, { texts: { subject, body }, place: '', goesBy: 'mail' }, dayOf(ctx.clock.now()))
    try {
      const letter = await writeLetter(ctx.db, on, {
        invoiceId: id,
        seen,
        byStaffId: ctx.actor.staffId,
      })
      const { number, step, sentTo, outstandingCents, penaltiesCents, indemnityCents } = letter
      ctx.record({
        object: 'invoice',
        id,
        after: { number, step, sentTo, outstandingCents, penaltiesCents, indemnityCents },
      })
      return { letterId: letter.id }
    } catch (error) {
      if (breaks(error, 'dunning_letters_invoice_id_step_key')) throw refuse(letterOutdated)
      throw error
    }
  }),

  handle(getClientDunning, async ({ db, clock, actor }, { params: { id } }) => {
    if (!(await clientSeen(db, id, within(actor, 'invoices.read')))) throw new NotFound()
    const pause = await pauseOf(db, id, dayOf(clock.now()))
    return {
      pause: pause ? shownPause({ ...pause, since: pause.begunAt }) : null,
      letters: (await lettersTo(db, id)).map(({ invoiceId, number, sentAt, ...letter }) => ({
        ...letter,
        invoice: { id: invoiceId, number: number ?? '' },
        sentAt: sentAt.toISOString(),
      })),
    }
  }),
]

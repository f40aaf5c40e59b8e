/** A quote gets its number, and what it says stands from then on. */
import { issueQuote, quoteClientGone, quoteEmpty } from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import { found, handle, refuse, WrongField, type Handler } from '#platform/server/requests.ts'
import { foreignAccounts } from '../linting/texts.ts'
import type { Parts } from '../parts.ts'
import { drawn } from '../pdf/showing.ts'
import { settingsOn } from '../settings/in-force.ts'
import { contentOfQuote } from './contents.ts'
import { openUntil } from './days.ts'
import { numberOf } from './numbers.ts'
import { changeQuote, isBillable, nextNumber } from './queries.ts'
import { keptOf, quoteSeen, shownQuote } from './showing.ts'
import { holdDraft } from './writing.ts'

export const issuing = (parts: Pick<Parts, 'sentences' | 'pdfs'>): Handler =>
  handle(issueQuote, async (ctx, { params: { id }, body: { revision } }) => {
    const { clientId, companyId } = await holdDraft(ctx, id, revision)
    const row = await quoteSeen(ctx, id)
    const { lines, discount, orderReference, note } = keptOf(row)
    if (!lines.some(({ description }) => description !== '')) throw refuse(quoteEmpty)
    if (!(await isBillable(ctx.db, clientId))) throw refuse(quoteClientGone)
    const next = await nextNumber(ctx.db, companyId, dayOf(ctx.clock.now()))
    // The statement that gave the number wrote the day.
    const issuedOn = found(next.issuedOn)
    const validUntil = row.validUntil ?? openUntil(issuedOn)
    if (validUntil < issuedOn) throw new WrongField('body', 'validUntil', 'quote_over_already')
    const { numbering, bank } = await settingsOn(ctx.db, companyId, issuedOn)
    const number = numberOf(numbering, next)
    const fields = { lines, discount, orderReference, note }
    const frozen = await contentOfQuote(ctx.db, parts.sentences, {
      ...fields,
      companyId,
      clientId,
      number,
      issuedOn,
      validUntil,
    })
    for (const { field, account } of foreignAccounts(frozen, [bank?.iban ?? null]))
      throw new WrongField('body', field, 'foreign_account', { account })
    // What cannot be printed is never numbered: the number comes back with the transaction.
    await drawn(parts, frozen, null, 'pdf')
    const numbered = { state: 'sent', number, issuedOn, validUntil, content: { ...fields, frozen } }
    await changeQuote(ctx.db, id, numbered, ctx.clock.now())
    ctx.record({
      object: 'quote',
      id,
      after: { number, issuedOn, validUntil, inclCents: row.totalInclCents },
    })
    return shownQuote(ctx, id)
  })

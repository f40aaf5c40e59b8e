/**
 * A draft becomes a document: checked, numbered, frozen and chained in one transaction, or not at all. Whoever is killed in it
 * leaves no number behind.
 */
import {
  documentUnprintable,
  invoiceChanged,
  invoiceIssued,
  invoiceNotLawful,
  keepsFromIssuing,
  type InvoiceContent,
} from '#contract/billing'
import type { Within } from '#server/access'
import type { CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { found, refuse } from '#platform/server/requests.ts'
import { Unprintable } from '#platform/server/typeset.ts'
import { keepMonthsOpen } from '../accounting/queries.ts'
import { mayBeInvoiced } from '../drafts/beginning.ts'
import { documentRow } from '../drafts/draft-queries.ts'
import type { Parts } from '../parts.ts'
import { lockMoneyOf } from '../payments/lock.ts'
import { tellMoved } from '../payments/settling.ts'
import { renderSoon } from '../pdf/keeping.ts'
import { holdCited, moveDeposits } from './deposits-taken.ts'
import { drawnUp, renumbered } from './drawing-up.ts'
import { textsOf } from './freezing.ts'
import { issueNext, type Issue } from './issuing-next.ts'
import { holdSeries, settleByCredit, tellCredited } from './issuing-queries.ts'
import { mustFollow, seriesOf, writtenAs } from './series.ts'

export type Finalising = Pick<Parts, 'clock' | 'sentences' | 'jobs' | 'pdfs'>

export type Wish = {
  invoiceId: string
  /** Within what somebody may see it; else anywhere. */
  mine?: Within
  /** Null: the installation itself. */
  byStaffId: string | null
  /** The day it shall bear; else the one the draft wishes, else today. */
  on?: string
  /** The state somebody saw; else the one that stands. */
  revision?: number
}

export type Finalised = { id: string; content: InvoiceContent; sha256: string }

/**
 * In the caller's transaction, which has no more to do than commit.
 * @throws NotFound, Refused: then nothing is numbered
 */
export async function finalise(db: CentralDb, parts: Finalising, wish: Wish): Promise<Finalised> {
  const { invoiceId: id, byStaffId } = wish
  const row = found(await documentRow(db, id, { lock: 'lines', ...(wish.mine && { mine: wish.mine }) }))
  if (row.state !== 'draft') throw refuse(invoiceIssued)
  if (wish.revision !== undefined && wish.revision !== row.revision)
    throw refuse(invoiceChanged, { details: { current: { revision: row.revision } } })
  // What a credit note pays, a payment must not pay meanwhile.
  if (row.typeCode === 381) await lockMoneyOf(db, row.clientId)
  await holdCited(db, row)
  const drawn = await drawnUp(db, parts, row, wish.on)
  if (row.typeCode !== 381) mayBeInvoiced(drawn.buyer)
  // Asked before the rules, whose sentence would hide which day it takes, and again once the series is held.
  mustFollow(drawn.content.issuedOn, drawn.standing)
  // The rules say so too, field by field; whoever did not look hears of it by its name.
  mustPrint(parts, drawn.content)
  if (keepsFromIssuing(drawn.findings))
    throw refuse(invoiceNotLawful, { details: { findings: drawn.findings } })
  const at = parts.clock.now()
  await renderSoon(db, parts, id)

  const { companyId, settings } = drawn
  const kind = seriesOf(drawn.content.typeCode)
  await keepMonthsOpen(db, companyId)
  // Taken last and held shortly: what is frozen is ready, but for its number.
  const token = uuidv7()
  const issue = {
    invoiceId: id,
    companyId,
    series: kind,
    content: drawn.content,
    numbering: writtenAs(kind, settings.numbering),
    texts: textsOf(renumbered(drawn.content, token)),
    token,
    wanted: 'now',
    at,
    byStaffId,
  } as const
  const { number, sha256 } = (await issueNext(db, issue)) ?? (await issueHeld(db, issue))
  const content = renumbered(drawn.content, number)
  await moveDeposits(db, row, drawn)
  if (row.typeCode === 381 && row.originalId !== null) {
    const settledCents = await settleByCredit(db, {
      creditNoteId: id,
      originalId: row.originalId,
      by: byStaffId,
      at,
    })
    await tellCredited(db, {
      invoiceId: row.originalId,
      at,
      by: byStaffId,
      data: { creditNoteId: id, number, cents: content.totals.inclCents, settledCents },
    })
    await tellMoved(db, row.originalId, { on: content.issuedOn, byStaffId, creditNoteId: id })
  }
  return { id, content, sha256: sha256.toString('hex') }
}

/** @throws Refused for a day that the series does not take */
async function issueHeld(db: CentralDb, issue: Issue) {
  mustFollow(issue.content.issuedOn, await holdSeries(db, issue.companyId, issue.series))
  const issued = await issueNext(db, issue)
  if (!issued) throw new Error('the series takes the day and numbers nothing')
  return issued
}

/** What cannot be printed is never numbered. */
function mustPrint({ pdfs }: Pick<Parts, 'pdfs'>, content: InvoiceContent): void {
  try {
    pdfs.mustPrint(content)
  } catch (error) {
    if (error instanceof Unprintable)
      throw refuse(documentUnprintable, { details: { characters: error.characters } })
    throw error
  }
}

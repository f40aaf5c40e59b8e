/** Its kind, its days and what it cites. */
import { preNotificationDays, type InvoiceContent } from '#contract/billing'
import { isBeyond, isCreditedWhole, leftAt, rateOf, type Left } from '../drafts/rates-left.ts'
import type { About } from './about.ts'
import { error, type Findings, mentionsOfInvoices, warning } from './finding.ts'

export function* documentFindings(content: InvoiceContent, about: About): Findings {
  if (content.number !== '' && !/^[A-Za-z0-9+\-_/]{1,35}$/.test(content.number))
    yield error('number_wrong', 'settings.numbering', `${mentionsOfInvoices('7°')} · BR-FR-01, BR-FR-02`, {
      number: content.number,
    })
  if (!frames.test(content.frame))
    yield error('frame_wrong', 'lines', 'XP Z12-012 · BR-FR-08', { frame: content.frame })
  yield* dayFindings(content, about)
  yield* citedFindings(content, about)
  yield* depositFindings(content, about)
  yield* totalFindings(content)
}

const frames = /^([BSM][1249]|S[356]|[BS]7|[BSM]8)$/
/** C. com. art. L441-10, I. */
const daysAtMost = 60

function* dayFindings(content: InvoiceContent, about: About): Findings {
  const { issuedOn, dueOn, suppliedOn, period, typeCode } = content
  if (!/^20\d\d-/.test(issuedOn)) yield error('issued_in_no_year', 'wantedOn', 'XP Z12-012 · BR-FR-03')
  if (about.lastIssuedOn !== null && issuedOn < about.lastIssuedOn)
    yield error('issued_before_last', 'wantedOn', `${mentionsOfInvoices('7°')}, BOI-TVA-DECLA-30-20-20-10`, {
      day: noonOf(about.lastIssuedOn),
    })
  if (issuedOn > about.today) yield error('issued_in_future', 'wantedOn', 'CGI art. 289, I-3')
  if (about.closedUntil !== null && issuedOn <= about.closedUntil)
    yield error('month_closed', 'wantedOn', 'Plan comptable général, clôture des périodes', {
      day: noonOf(about.closedUntil),
    })
  if (dueOn < issuedOn && typeCode !== 386 && !content.frame.endsWith('2'))
    yield error('due_before_issued', 'paymentDays', 'XP Z12-012 · BR-FR-CO-07')
  if (
    content.payment.means === 'direct_debit' &&
    typeCode !== 381 &&
    content.totals.dueCents > 0 &&
    daysBetween(issuedOn, dueOn) < preNotificationDays
  )
    yield error('debit_too_soon', 'paymentDays', 'SEPA Core Direct Debit Rulebook (EPC016-06), 4.3.1', {
      days: preNotificationDays,
    })
  if (content.buyer.audience === 'business' && daysBetween(issuedOn, dueOn) > daysAtMost)
    yield error('due_too_late', 'paymentDays', 'C. com. art. L441-10, I', {
      days: daysBetween(issuedOn, dueOn),
    })
  if (period !== null && period.until < period.from)
    yield error('period_turned', 'period', 'EN 16931 · BR-29')
  if (suppliedOn !== null && suppliedOn > issuedOn && typeCode !== 386)
    yield warning('supplied_later', 'suppliedOn', `${mentionsOfInvoices('10°')}`)
}

function* citedFindings(content: InvoiceContent, about: About): Findings {
  const { typeCode, original, issuedOn } = content
  const cites = 'CGI art. 289, I-5'
  if (typeCode === 381 && original === null)
    yield error('credit_note_cites_nothing', 'original', `${cites} · BR-FR-CO-05`)
  if (typeCode === 384 && original === null)
    yield error('corrective_cites_nothing', 'original', `${cites} · BR-FR-CO-04`)
  if (original !== null && original.issuedOn > issuedOn)
    yield error('cited_later', 'wantedOn', cites, { number: original.number, day: noonOf(original.issuedOn) })
  if (about.original === null || original === null) return
  if (typeCode === 381) yield* creditFindings(content, original.number, about.original)
  if (typeCode === 384 && !isCreditedWhole(about.original))
    yield error('corrected_before_credited', 'original', cites, { number: original.number })
}

/** Rate by rate, since VAT goes back at the rate it was asked at. */
function* creditFindings(content: InvoiceContent, number: string, cited: Left): Findings {
  const basis = 'CGI art. 272, 1'
  const together = cited.rates.find(({ category }) => category === null)
  if (together) {
    const { exclCents, vatCents } = content.totals
    const leftVat = together.askedVatCents - together.creditedVatCents
    if (isBeyond(leftAt(together), exclCents) || isBeyond(leftVat, vatCents))
      yield error('credited_too_much', 'lines', basis, { number, ...euros(leftAt(together)) })
    return
  }
  for (const { category, basisPoints, baseCents } of content.vat) {
    const rate = rateOf(cited, { category, basisPoints })
    const leftCents = rate ? leftAt(rate) : 0
    if (!isBeyond(leftCents, baseCents)) continue
    const line = content.lines.findIndex(
      ({ vatCategory, vatBasisPoints }) => vatCategory === category && vatBasisPoints === basisPoints,
    )
    yield error('credited_too_much_of_rate', `lines.${line}.unitPriceCents`, basis, {
      number,
      rate: basisPoints / 100,
      ...euros(leftCents),
    })
  }
}

/** CGI art. 269, 2: a deposit is taxed once. */
function* depositFindings({ typeCode }: InvoiceContent, { takings }: About): Findings {
  for (const { line, deposit, exclCents, leftCents } of takings)
    if (deposit === null || typeCode === 386)
      yield error('deposit_not_takeable', `lines.${line}.description`, 'CGI art. 269, 2', { line: line + 1 })
    else if (isBeyond(leftCents, exclCents))
      yield error('deposit_taken_too_much', `lines.${line}.unitPriceCents`, 'CGI art. 269, 2', {
        line: line + 1,
        number: deposit.number,
        ...euros(Math.abs(leftCents)),
      })
}

function* totalFindings({ typeCode, totals, frame }: InvoiceContent): Findings {
  if (totals.inclCents < 0)
    yield error(
      typeCode === 381 ? 'credit_note_below_zero' : 'invoice_below_zero',
      'lines',
      'CGI art. 289, I-5',
    )
  if (totals.inclCents === 0) yield warning('nothing_to_pay', 'lines', mentionsOfInvoices('8°'))
  if (totals.discountCents > 0 && totals.discountCents > totals.linesCents)
    yield error('discount_too_large', 'discount', `${mentionsOfInvoices('8°')} · BR-CO-13`)
  if (totals.prepaidCents < 0 || totals.prepaidCents > Math.max(totals.inclCents, 0))
    yield error('prepaid_too_much', 'original', 'EN 16931 · BR-CO-16')
  if (frame.endsWith('2') && totals.dueCents !== 0)
    yield error('not_paid_yet', 'lines', 'XP Z12-012 · BR-FR-CO-09')
  if (frame.endsWith('4') && typeCode === 386)
    yield error('deposit_is_final', 'original', 'XP Z12-012 · BR-FR-CO-08')
}

/** In two, for each language puts its own sign between them. */
const euros = (cents: number) => ({
  euros: Math.trunc(cents / 100),
  cents: String(Math.abs(cents) % 100).padStart(2, '0'),
})

/** What sentences write as a day, wherever they are read in Europe. */
const noonOf = (day: string) => Date.parse(`${day}T12:00:00Z`)

const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)

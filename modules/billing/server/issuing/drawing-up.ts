/** All that a document is made of, gathered once: the same for a check, a preview and the document itself. */
import type { Finding, InvoiceContent, TypeCode } from '#contract/billing'
import { dayOf, type Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { found } from '#platform/server/requests.ts'
import type { Sentences } from '#platform/server/sentences.ts'
import { creditedOf, documentRow, lineRows, type DocumentRow } from '../drafts/draft-queries.ts'
import { draftedOf } from '../drafts/rows.ts'
import { findingsOf } from '../linting/linting.ts'
import { mainCompany, settingsOn, type SettingsInForce } from '../settings/in-force.ts'
import { billedOf, buyerRow, type BuyerRow } from './buyers.ts'
import { contentOf } from './contents.ts'
import { mandateOf, seriesNow } from './issuing-queries.ts'
import { sayingIn } from './mentions.ts'
import { nextOf, seriesOf, type DayBounds } from './series.ts'

export type DrawnUp = {
  companyId: string
  buyer: BuyerRow
  settings: SettingsInForce
  /** Of its series, as far as is known without waiting for whoever numbers in it now. */
  standing: DayBounds
  findings: Finding[]
  /** Under the number that is to come, unless somebody else finalises first. */
  content: InvoiceContent
}

type Asking = { clock: Clock; sentences: Pick<Sentences, 'say'> }

/** @param on another day than the draft wishes, or today */
export async function drawnUp(
  db: CentralDb,
  { clock, sentences }: Asking,
  row: DocumentRow,
  on?: string,
): Promise<DrawnUp> {
  const today = dayOf(clock.now())
  const issuedOn = on ?? row.wantedOn ?? today
  const companyId = row.companyId ?? (await mainCompany(db)).id
  const typeCode = row.typeCode as TypeCode // the column's CHECK holds the same four
  const buyer = found(await buyerRow(db, row.clientId))
  const billed = billedOf(buyer)
  const settings = await settingsOn(db, companyId, issuedOn)
  const means = row.paymentMeans ?? billed.paymentMeans
  const mandate = means === 'direct_debit' ? await mandateOf(db, companyId, row.clientId) : null
  const drafted = draftedOf(row, await lineRows(db, row.id), mandate)
  const series = await seriesNow(db, companyId, seriesOf(typeCode))
  const standing = { lastIssuedOn: series?.lastIssuedOn ?? null, closedUntil: series?.closedUntil ?? null }
  const next = nextOf(series, seriesOf(typeCode), issuedOn, settings.numbering)
  const say = sayingIn(sentences, billed.language)
  const content = contentOf(drafted, settings, billed, { number: next.number, issuedOn, say })
  return {
    companyId,
    buyer,
    settings,
    standing,
    findings: findingsOf(content, {
      ...standing,
      today,
      vatRegime: settings.vat?.regime ?? 'normal',
      onDebits: settings.vat?.onDebits ?? false,
      original: await citedBy(db, row),
    }),
    content,
  }
}

/** The same document under another number: somebody else took the one that was to come. */
export const renumbered = (content: InvoiceContent, number: string): InvoiceContent =>
  content.number === number
    ? content
    : { ...content, number, payment: { ...content.payment, reference: number } }

async function citedBy(db: CentralDb, { originalId }: DocumentRow) {
  if (originalId === null) return null
  const original = await documentRow(db, originalId)
  if (!original || original.number === null || original.issuedOn === null) return null
  const { number, issuedOn, totalInclCents: inclCents } = original
  return { number, issuedOn, inclCents, creditedCents: (await creditedOf(db, originalId)).inclCents }
}

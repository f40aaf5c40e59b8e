/** All that a document is made of, gathered once: the same for a check, a preview and the document itself. */
import type { Finding, InvoiceContent, TypeCode } from '#contract/billing'
import { dayOf, type Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { found } from '#platform/server/requests.ts'
import type { Sentences } from '#platform/server/sentences.ts'
import { leftOf, lineRows, type DocumentRow } from '../drafts/draft-queries.ts'
import type { Left } from '../drafts/rates-left.ts'
import { draftedOf } from '../drafts/rows.ts'
import { findingsOf } from '../linting/linting.ts'
import { mainCompany, settingsOn, type SettingsInForce } from '../settings/in-force.ts'
import { billedOf, buyerRow, type BuyerRow } from './buyers.ts'
import { contentOf, type Drafted } from './contents.ts'
import { takingsOf, type Taking } from './deposits-taken.ts'
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
  takings: readonly Taking[]
  /** What is left of the document it cites. */
  cited: Left | null
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
  const lines = await lineRows(db, row.id)
  const takings = await takingsOf(db, row, companyId, lines)
  const cited = typeCode === 381 || typeCode === 384 ? await citedBy(db, row) : null
  const drafted = { ...draftedOf(row, lines, mandate), ...cites(row, takings), credited: cited }
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
      original: cited,
      takings,
    }),
    content,
    takings,
    cited,
  }
}

/** The same document under another number: somebody else took the one that was to come. */
export const renumbered = (content: InvoiceContent, number: string): InvoiceContent =>
  content.number === number
    ? content
    : { ...content, number, payment: { ...content.payment, reference: number } }

/** A final invoice cites the last deposit it takes off, whichever it was begun of; one that takes none off is no final invoice. */
function cites({ typeCode }: DocumentRow, takings: readonly Taking[]): Partial<Pick<Drafted, 'original'>> {
  if (typeCode !== 380) return {}
  const last = takings.findLast(({ deposit }) => deposit !== null)?.deposit
  return { original: last ? { ...last, typeCode: 386 } : null }
}

async function citedBy(db: CentralDb, { originalId }: DocumentRow): Promise<Left | null> {
  return originalId === null ? null : leftOf(db, originalId)
}

/** Documents of a past that is only told: numbered, frozen and chained by what freezes every other, many in a statement. */
import type { DraftFields, TypeCode } from '#contract/billing'
import { sql, type CentralDb } from '#platform/server/db.ts'
import type { Sentences } from '#platform/server/sentences.ts'
import { storedFields, storedLines } from '../drafts/rows.ts'
import { halfYearOf } from '../settings/half-year.ts'
import { settingsOn, type SettingsInForce } from '../settings/in-force.ts'
import { billedOf, buyerRow, type Billed } from './buyers.ts'
import { contentOf } from './contents.ts'
import { freeze } from './freezing.ts'
import { sayingIn } from './mentions.ts'
import { nextOf, seriesOf, type Series, type SeriesKind } from './series.ts'

export type PastDocument = {
  id: string
  clientId: string
  typeCode: TypeCode
  issuedOn: string
  /** When it was finalised. */
  at: Date
  fields: DraftFields
  /** One of those before it. */
  originalId: string | null
  subscriptionId: string | null
}

type Written = {
  invoices: object[]
  lines: object[]
  documents: object[]
  events: object[]
}

/** Where the chain of a series stands after a past was told. */
export type ToldSeries = { companyId: string; kind: SeriesKind; position: number; sha256: string }

/**
 * Into series that nothing stands in yet. Whoever tells it tells the log where the chains stand (`seriesTold`), in the same
 * transaction: else nothing vouches for them.
 * @param past in the order of their days within each series
 */
export async function issuePast(
  db: CentralDb,
  sentences: Pick<Sentences, 'say'>,
  companyId: string,
  past: readonly PastDocument[],
): Promise<ToldSeries[]> {
  const ends = new Map<SeriesKind, Series>()
  const issued = new Map<string, { typeCode: TypeCode; number: string; issuedOn: string }>()
  const settingsAt = remembering((day: string) => settingsOn(db, companyId, day))
  const billed = remembering((clientId: string) => buyerRow(db, clientId).then((row) => row && billedOf(row)))
  let written: Written = { invoices: [], lines: [], documents: [], events: [] }
  for (const one of past) {
    const kind = seriesOf(one.typeCode)
    const settings = await settingsAt(halfYearOf(one.issuedOn))
    const end = ends.get(kind) ?? nothing
    const who = await billed(one.clientId)
    if (!who) throw new Error('a document of the past is for nobody')
    const { number, count, year } = nextOf(end, kind, one.issuedOn, settings.numbering)
    const content = frozenContent(one, settings, who, {
      number,
      original: one.originalId === null ? null : (issued.get(one.originalId) ?? null),
      sentences,
    })
    const { content: text, xml, ...hashes } = freeze(content, end.lastSha256)
    const position = end.position + 1
    ends.set(kind, {
      year,
      lastNumber: count,
      lastIssuedOn: one.issuedOn,
      position,
      lastSha256: hashes.sha256,
    })
    issued.set(one.id, { typeCode: one.typeCode, number, issuedOn: one.issuedOn })
    const stored = storedFields(one.typeCode, one.fields)
    written.invoices.push({
      ...stored,
      id: one.id,
      clientId: one.clientId,
      companyId,
      kind,
      typeCode: one.typeCode,
      number,
      issuedOn: one.issuedOn,
      dueOn: content.dueOn,
      originalId: one.originalId,
      subscriptionId: one.subscriptionId,
      at: one.at,
    })
    for (const line of storedLines(one.typeCode, one.fields.lines))
      written.lines.push({ ...line, invoiceId: one.id })
    const hex = Object.fromEntries(Object.entries(hashes).map(([name, hash]) => [name, hash.toString('hex')]))
    written.documents.push({
      ...hex,
      content: text,
      xml,
      number,
      position,
      series: kind,
      id: one.id,
      at: one.at,
      issuedOn: one.issuedOn,
      layout: content.layout,
    })
    written.events.push({ id: one.id, at: one.at, data: { number, sha256: hashes.sha256.toString('hex') } })
    if (written.documents.length === atOnce) {
      await write(db, companyId, written)
      written = { invoices: [], lines: [], documents: [], events: [] }
    }
  }
  await write(db, companyId, written)
  for (const [kind, end] of ends)
    await db
      .insertInto('invoiceSeries')
      .values({ companyId, kind, ...end })
      .execute()
  return [...ends].map(([kind, { position, lastSha256 }]) => ({
    companyId,
    kind,
    position,
    sha256: lastSha256?.toString('hex') ?? '',
  }))
}

/** A line of the log for it, its link in the part that is never erased. */
export const seriesTold = ({ companyId, kind, position, sha256 }: ToldSeries) => ({
  verb: 'invoice_series.told',
  object: 'invoice_series',
  id: `${companyId} ${kind} ${position} ${sha256}`,
  after: { documents: position },
})

const atOnce = 500
const nothing: Series = { year: 0, lastNumber: 0, lastIssuedOn: null, position: 0, lastSha256: null }

type Told = {
  number: string
  original: { typeCode: TypeCode; number: string; issuedOn: string } | null
  sentences: Pick<Sentences, 'say'>
}

const frozenContent = (
  { typeCode, issuedOn, fields }: PastDocument,
  settings: SettingsInForce,
  billed: Billed,
  { number, original, sentences }: Told,
) =>
  contentOf({ ...fields, typeCode, original, mandate: null }, settings, billed, {
    number,
    issuedOn,
    say: sayingIn(sentences, billed.language),
  })

function remembering<Answer>(ask: (key: string) => Promise<Answer>): (key: string) => Promise<Answer> {
  const known = new Map<string, Promise<Answer>>()
  return (key) => {
    const answer = known.get(key) ?? ask(key)
    known.set(key, answer)
    return answer
  }
}

/** As JSON, which PostgreSQL takes apart: a statement holds at most 65 535 parameters. */
async function write(
  db: CentralDb,
  companyId: string,
  { invoices, lines, documents, events }: Written,
): Promise<void> {
  if (documents.length === 0) return
  await sql`
    insert into invoices (id, client_id, company_id, kind, type_code, state, number, issued_on, due_on, total_excl_cents, total_vat_cents,
      original_id, subscription_id, supplied_on, period_from, period_until, payment_days, payment_means, discount_basis_points,
      discount_cents, discount_label, order_reference, note, origin, created_at, updated_at)
    select id, "clientId", "companyId", kind, "typeCode", 'issued', number, "issuedOn", "dueOn", "totalExclCents", "totalVatCents",
      "originalId", "subscriptionId", "suppliedOn", "periodFrom", "periodUntil", "paymentDays", "paymentMeans", "discountBasisPoints",
      "discountCents", "discountLabel", "orderReference", note, case when "subscriptionId" is null then 'hand' else 'renewal' end, at, at
    from jsonb_to_recordset(${JSON.stringify(invoices)}::jsonb) as past (id uuid, "clientId" uuid, "companyId" uuid, kind text,
      "typeCode" smallint, number text, "issuedOn" date, "dueOn" date, "totalExclCents" bigint, "totalVatCents" bigint, "originalId" uuid,
      "subscriptionId" uuid, "suppliedOn" date, "periodFrom" date, "periodUntil" date, "paymentDays" integer, "paymentMeans" text,
      "discountBasisPoints" integer, "discountCents" bigint, "discountLabel" text, "orderReference" text, note text, at timestamptz)`.execute(
    db,
  )
  await sql`
    insert into invoice_lines (invoice_id, position, description, quantity, unit, unit_price_cents, discount_basis_points,
      discount_cents, vat_category, vat_basis_points, vat_exemption, period_from, period_until)
    select "invoiceId", position, description, quantity, unit, "unitPriceCents", "discountBasisPoints", "discountCents",
      "vatCategory", "vatBasisPoints", "vatExemption", "periodFrom", "periodUntil"
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as line ("invoiceId" uuid, position integer, description text,
      quantity numeric, unit text, "unitPriceCents" bigint, "discountBasisPoints" integer, "discountCents" bigint, "vatCategory" text,
      "vatBasisPoints" integer, "vatExemption" text, "periodFrom" date, "periodUntil" date)`.execute(db)
  await sql`
    insert into invoice_documents (invoice_id, company_id, series, position, number, issued_on, content, xml, content_sha256, xml_sha256,
      previous_sha256, sha256, layout, wanted, finalised_at)
    select id, ${companyId}::uuid, series, position, number, "issuedOn", content, xml, decode("contentSha256", 'hex'),
      decode("xmlSha256", 'hex'), decode("previousSha256", 'hex'), decode(sha256, 'hex'), layout, 'on_demand', at
    from jsonb_to_recordset(${JSON.stringify(documents)}::jsonb) as past (id uuid, series text, position bigint, number text, "issuedOn" date,
      content text, xml text, "contentSha256" text, "xmlSha256" text, "previousSha256" text, sha256 text, layout text, at timestamptz)`.execute(
    db,
  )
  await sql`
    insert into invoice_events (invoice_id, at, kind, data)
    select id, at, 'finalised', data from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as past (id uuid, at timestamptz, data jsonb)`.execute(
    db,
  )
}

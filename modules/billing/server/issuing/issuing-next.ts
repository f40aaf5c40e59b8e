/** The one statement that numbers: whoever else finalises in the series waits from it to the commit. */
import type { InvoiceContent } from '#contract/billing'
import { sql, type CentralDb } from '#platform/server/db.ts'
import { askKept } from '#platform/server/kept-statements.ts'
import { nothingBefore, type Frozen } from './freezing.ts'
import type { SeriesKind } from './series.ts'

export type Issue = {
  invoiceId: string
  companyId: string
  series: SeriesKind
  content: InvoiceContent
  /** How its number is written: `FA`, and at least so many digits. */
  numbering: { prefix: string; digits: number }
  /** What is frozen, with `token` wherever the number will stand. */
  texts: Pick<Frozen, 'content' | 'xml'>
  token: string
  wanted: 'now' | 'on_demand'
  at: Date
  byStaffId: string | null
}

/**
 * The next number, the frozen document and its link, the series' new end and the event of it: one statement, since from it to the
 * commit nobody else numbers in the series. All that can be made before is made before; the number is put where it stands and the
 * hashes are reckoned in here, and the table's own trigger (follow_chain) reckons them again.
 * @returns nothing where the series does not take the day, or was not begun
 */
export async function issueNext(
  db: CentralDb,
  issue: Issue,
): Promise<{ number: string; sha256: Buffer } | undefined> {
  const { invoiceId, companyId, series, content, texts, token } = issue
  const { prefix, digits } = issue.numbering
  const sign = content.typeCode === 381 ? -1 : 1
  const { issuedOn } = content
  const year = Number(issuedOn.slice(0, 4))
  // As nextOf says it.
  const count = sql`case when s.year = ${year}::integer then s.last_number + 1 else 1 end`
  const number = sql`${prefix}::text || '-' || ${year}::integer || '-' || lpad((${count})::text, greatest(${digits}::integer, length((${count})::text)), '0')`
  const hash = (text: string) =>
    sql`sha256(convert_to(replace(${text}::text, ${token}::text, ${number}), 'UTF8'))`
  const { rows } = await askKept(
    db,
    sql<{ number: string; sha256: Buffer }>`
    with held as (
      update invoice_series s set year = ${year}::integer, last_number = ${count}, last_issued_on = ${issuedOn}::date, position = s.position + 1,
        last_sha256 = sha256(coalesce(s.last_sha256, ${nothingBefore}::bytea) || ${hash(texts.content)} || ${hash(texts.xml)})
      where company_id = ${companyId}::uuid and kind = ${series} and (s.last_issued_on is null or s.last_issued_on <= ${issuedOn}::date)
        and not exists (select from accounting_closings c
          where c.company_id = s.company_id and c.month + interval '1 month' > ${issuedOn}::date)
      returning s.position, s.last_sha256 as sha256, coalesce(old.last_sha256, ${nothingBefore}::bytea) as previous,
        ${prefix}::text || '-' || s.year || '-' || lpad(s.last_number::text, greatest(${digits}::integer, length(s.last_number::text)), '0') as number),
    numbered as (
      update invoices set state = 'issued', company_id = ${companyId}::uuid, number = held.number, issued_on = ${issuedOn}::date,
        due_on = ${content.dueOn}::date, total_excl_cents = ${sign * content.totals.exclCents}::bigint,
        total_vat_cents = ${sign * content.totals.vatCents}::bigint, held = false, updated_at = ${issue.at}::timestamptz,
        updated_by = coalesce(${issue.byStaffId}::uuid, updated_by)
      from held where id = ${invoiceId}::uuid),
    told as (
      insert into invoice_events (invoice_id, at, kind, by_staff_id, data)
      select ${invoiceId}::uuid, ${issue.at}::timestamptz, 'finalised', ${issue.byStaffId}::uuid,
        jsonb_build_object('number', number, 'sha256', encode(sha256, 'hex')) from held)
    insert into invoice_documents as frozen (invoice_id, company_id, series, position, number, issued_on, content, xml, content_sha256,
      xml_sha256, previous_sha256, sha256, layout, wanted, finalised_at, finalised_by)
    select ${invoiceId}::uuid, ${companyId}::uuid, ${series}, held.position, held.number, ${issuedOn}::date, whole.content, whole.xml,
      sha256(convert_to(whole.content, 'UTF8')), sha256(convert_to(whole.xml, 'UTF8')), held.previous, held.sha256, ${content.layout},
      ${issue.wanted}, ${issue.at}::timestamptz, ${issue.byStaffId}::uuid
    from held, lateral (select replace(${texts.content}::text, ${token}::text, held.number) as content,
      replace(${texts.xml}::text, ${token}::text, held.number) as xml) whole
    returning frozen.number, frozen.sha256`,
  )
  return rows[0]
}

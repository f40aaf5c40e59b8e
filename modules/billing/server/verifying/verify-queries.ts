/** Every statement of the verification. It reads as any reader may: what it finds, anybody can find again. */
import { sql, type CentralDb } from '#platform/server/db.ts'

export type Chained = {
  invoiceId: string
  position: number
  number: string
  issuedOn: string
  content: string
  xml: string
  contentSha256: Buffer
  xmlSha256: Buffer
  previousSha256: Buffer
  sha256: Buffer
  /** The row of the document, null where it is gone. */
  row: {
    state: string
    companyId: string | null
    clientId: string
    typeCode: number
    number: string | null
    issuedOn: string | null
    dueOn: string | null
    totalExclCents: number
    totalVatCents: number
  } | null
  lines: {
    position: number
    description: string
    quantity: string
    unit: string
    unitPriceCents: number
    discountCents: number
    exclCents: number
    vatCategory: string
    vatBasisPoints: number
    periodFrom: string | null
    periodUntil: string | null
  }[]
  pdfSha256: Buffer | null
  /** What the event of it says; null where there is none. */
  eventSha256: string | null
  companyId: string
}

/** Some documents of a series in the order of the chain. */
export async function chained(
  db: CentralDb,
  about: { companyId: string; series: string; after: number; limit: number },
): Promise<Chained[]> {
  const { rows } = await sql<Chained>`
    select d.invoice_id as "invoiceId", d.company_id as "companyId", d.position, d.number, d.issued_on as "issuedOn", d.content, d.xml,
      d.content_sha256 as "contentSha256", d.xml_sha256 as "xmlSha256", d.previous_sha256 as "previousSha256", d.sha256,
      case when i.id is not null then json_build_object('state', i.state, 'companyId', i.company_id, 'clientId', i.client_id,
        'typeCode', i.type_code, 'number', i.number, 'issuedOn', i.issued_on, 'dueOn', i.due_on,
        'totalExclCents', i.total_excl_cents, 'totalVatCents', i.total_vat_cents) end as "row",
      coalesce((select json_agg(json_build_object('position', l.position, 'description', l.description, 'quantity', trim_scale(l.quantity)::text,
          'unit', l.unit, 'unitPriceCents', l.unit_price_cents,
          'discountCents', round(l.quantity * l.unit_price_cents)::bigint - l.excl_cents, 'exclCents', l.excl_cents,
          'vatCategory', l.vat_category, 'vatBasisPoints', l.vat_basis_points, 'periodFrom', l.period_from, 'periodUntil', l.period_until)
        order by l.position) from invoice_lines l where l.invoice_id = d.invoice_id), '[]') as lines,
      p.sha256 as "pdfSha256",
      (select e.data ->> 'sha256' from invoice_events e where e.invoice_id = d.invoice_id and e.kind = 'finalised' limit 1) as "eventSha256"
    from invoice_documents d
    left join invoices i on i.id = d.invoice_id
    left join invoice_pdfs p on p.invoice_id = d.invoice_id
    where d.company_id = ${about.companyId}::uuid and d.series = ${about.series} and d.position > ${about.after}
    order by d.position limit ${about.limit}`.execute(db)
  return rows
}

/** Every series that has documents, or says it had some. */
export async function seriesToVerify(db: CentralDb) {
  const { rows } = await sql<{
    companyId: string
    series: string
    year: number | null
    lastNumber: number | null
    lastIssuedOn: string | null
    position: number | null
    lastSha256: Buffer | null
  }>`
    select company_id as "companyId", kind as series, s.year, s.last_number as "lastNumber", s.last_issued_on as "lastIssuedOn",
      s.position, s.last_sha256 as "lastSha256"
    from (select company_id, kind from invoice_series where kind <> 'quote'
          union select company_id, series from invoice_documents) as known (company_id, kind)
    left join invoice_series s using (company_id, kind)
    order by 1, 2`.execute(db)
  return rows
}

/** Numbered rows nobody froze. `import`: taken over from an older system, where they were issued. */
export async function unfrozen(db: CentralDb) {
  const { rows } = await sql<{ invoiceId: string; number: string | null; origin: string; count: number }>`
    select min(i.id::text)::uuid as "invoiceId", case when origin = 'import' then null else i.number end as number, origin, count(*) as count
    from invoices i left join invoice_documents d on d.invoice_id = i.id
    where i.state = 'issued' and d.invoice_id is null
    group by origin, case when origin = 'import' then null else i.number end
    order by 2 limit 1000`.execute(db)
  return rows
}

/** Documents the audit log tells of, and that are no more. */
export async function loggedAndGone(db: CentralDb): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct l.object_id as id from audit_log l
    left join invoice_documents d on d.invoice_id::text = l.object_id
    where l.verb = 'invoice.issued' and l.object_type = 'invoice' and l.result = 'done' and l.object_id is not null and d.invoice_id is null
    limit 1000`.execute(db)
  return rows.map(({ id }) => id)
}

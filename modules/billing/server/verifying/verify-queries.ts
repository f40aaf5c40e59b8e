/** Every statement about documents. It reads as any reader may: what it finds, anybody can find again. */
import { sql, type CentralDb } from '#platform/server/db.ts'

export type Chained = {
  invoiceId: string
  companyId: string
  series: string
  position: number
  number: string
  issuedOn: string
  content: string
  xml: string
  contentSha256: Buffer
  xmlSha256: Buffer
  previousSha256: Buffer
  sha256: Buffer
  layout: string
  wanted: string
  finalisedAt: Date
  finalisedBy: string | null
  /** The row of the document, null where it is gone. */
  row: {
    state: string
    kind: string
    companyId: string | null
    clientId: string
    typeCode: number
    number: string | null
    issuedOn: string | null
    dueOn: string | null
    totalExclCents: number
    totalVatCents: number
    /** Number and day of what it cites. */
    original: string | null
    orderReference: string
    periodFrom: string | null
    periodUntil: string | null
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
  pdfBytes: number | null
  certificateSha256: Buffer | null
  /** That it was issued, and that its file was made. */
  events: {
    id: string
    kind: 'finalised' | 'rendered'
    at: string
    by: string | null
    sha256: string | null
    number: string | null
  }[]
  /** What the audit log tells of its issue: one line, or none for what was told in bulk. */
  logIds: string[]
  logAts: Date[]
  logActors: string[]
  logSealed: (Buffer | null)[]
  logCommitments: (Buffer | null)[]
}

/** Some documents of a series in the order of the chain. */
export async function chained(
  db: CentralDb,
  about: { companyId: string; series: string; after: number; limit: number },
): Promise<Chained[]> {
  const { rows } = await sql<Chained>`
    select d.invoice_id as "invoiceId", d.company_id as "companyId", d.series, d.position, d.number, d.issued_on as "issuedOn", d.content, d.xml,
      d.content_sha256 as "contentSha256", d.xml_sha256 as "xmlSha256", d.previous_sha256 as "previousSha256", d.sha256, d.layout, d.wanted,
      d.finalised_at as "finalisedAt", d.finalised_by as "finalisedBy",
      case when i.id is not null then json_build_object('state', i.state, 'kind', i.kind, 'companyId', i.company_id, 'clientId', i.client_id,
        'typeCode', i.type_code, 'number', i.number, 'issuedOn', i.issued_on, 'dueOn', i.due_on,
        'totalExclCents', i.total_excl_cents, 'totalVatCents', i.total_vat_cents,
        'original', case when i.original_id is not null then concat(o.number, ' ', to_char(o.issued_on, 'YYYY-MM-DD')) end,
        'orderReference', i.order_reference, 'periodFrom', i.period_from, 'periodUntil', i.period_until) end as "row",
      coalesce((select json_agg(json_build_object('position', l.position, 'description', l.description, 'quantity', trim_scale(l.quantity)::text,
          'unit', l.unit, 'unitPriceCents', l.unit_price_cents,
          'discountCents', round(l.quantity * l.unit_price_cents)::bigint - l.excl_cents, 'exclCents', l.excl_cents,
          'vatCategory', l.vat_category, 'vatBasisPoints', l.vat_basis_points, 'periodFrom', l.period_from, 'periodUntil', l.period_until)
        order by l.position) from invoice_lines l where l.invoice_id = d.invoice_id), '[]') as lines,
      p.sha256 as "pdfSha256", p.bytes as "pdfBytes", p.certificate_sha256 as "certificateSha256",
      coalesce((select json_agg(json_build_object('id', e.id, 'kind', e.kind, 'at', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'by', e.by_staff_id, 'sha256', coalesce(e.data ->> 'sha256', e.data ->> 'pdfSha256'), 'number', e.data ->> 'number') order by e.at, e.id)
        from invoice_events e where e.invoice_id = d.invoice_id and e.kind in ('finalised', 'rendered')), '[]') as events,
      log.ids as "logIds", log.ats as "logAts", log.actors as "logActors", log.sealed as "logSealed", log.commitments as "logCommitments"
    from invoice_documents d
    left join invoices i on i.id = d.invoice_id
    left join invoices o on o.id = i.original_id
    left join invoice_pdfs p on p.invoice_id = d.invoice_id
    cross join lateral (
      select coalesce(array_agg(l.id), '{}') as ids, coalesce(array_agg(l.at), '{}') as ats, coalesce(array_agg(l.actor_id), '{}') as actors,
        coalesce(array_agg(l.sealed), '{}') as sealed, coalesce(array_agg(l.commitment), '{}') as commitments
      from audit_log l
      -- Found by the object alone: the other indexes name half the log.
      where l.object_id = d.invoice_id::text and l.object_type || '' = 'invoice' and l.verb || '' = 'invoice.issued'
        and l.result || '' = 'done') log
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
    where (i.state = 'issued' or i.number is not null) and d.invoice_id is null
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

/** Where chains stood when a past was told in bulk: company, series, position and link, in the log's own public part. */
export async function toldInBulk(
  db: CentralDb,
): Promise<{ companyId: string; series: string; position: number; sha256: string }[]> {
  const { rows } = await sql<{ id: string }>`
    select object_id as id from audit_log where verb = 'invoice_series.told' and object_type = 'invoice_series' and result = 'done'
      and object_id is not null order by at, id`.execute(db)
  return rows.map(({ id }) => {
    const [companyId = '', series = '', position = '', sha256 = ''] = id.split(' ')
    return { companyId, series, position: Number(position), sha256 }
  })
}

import { sql, type Tables } from '#platform/server/db.ts'

/** How much is held of a client. */
export type HeldOf = {
  /** Fields that are filled in. */
  identity: number
  contact: number
  professionalNumbers: number
  internalNote: number
  running: number
  ended: number
  drafts: number
  invoices: number
  lastIssuedOn: string | null
  payments: number
  lastReceivedOn: string | null
  entries: number
  /** Entries whose before and after have not been erased. */
  payloads: number
}

type Db = Tables<'clients' | 'subscriptions' | 'invoices' | 'payments' | 'auditLog'>

export async function heldOf(db: Db, clientId: string): Promise<HeldOf | undefined> {
  const { rows } = await sql<HeldOf>`
    select num_nonnulls(last_name, nullif(first_name, ''), origin)::integer as identity,
      num_nonnulls(email, phone, address, postal_code, city, department)::integer as contact,
      num_nonnulls(rpps, adeli, siret)::integer as professional_numbers,
      num_nonnulls(internal_note)::integer as internal_note,
      subscribed.*, billed.*, paid.*, logged.*
    from clients,
      lateral (select count(*) filter (where is_current and status <> 'ended')::integer as running,
        count(*) filter (where not is_current or status = 'ended')::integer as ended
        from subscriptions where client_id = clients.id) subscribed,
      lateral (select count(*) filter (where state = 'draft')::integer as drafts,
        count(*) filter (where state = 'issued')::integer as invoices, max(issued_on) as last_issued_on
        from invoices where client_id = clients.id) billed,
      lateral (select count(*)::integer as payments, max(received_on) as last_received_on
        from payments where client_id = clients.id) paid,
      lateral (select count(*)::integer as entries, count(sealed)::integer as payloads
        from audit_log where object_type = 'client' and (object_id = clients.id::text or object_ids @> array[clients.id::text])) logged
    where clients.id = ${clientId}`.execute(db)
  return rows[0]
}

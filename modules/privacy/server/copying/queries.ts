import { sql, type Tables } from '#platform/server/db.ts'

export async function clientWhole(db: Tables<'clients' | 'subscriptions'>, id: string) {
  return db
    .selectFrom('clients')
    .where('id', '=', id)
    .select([
      'kind',
      'status',
      'lastName',
      'firstName',
      'email',
      'phone',
      'address',
      'postalCode',
      'city',
      'department',
      'rpps',
      'adeli',
      'siret',
      'origin',
      'internalNote',
      // Who has a subscription pays when it says so; who has none, when it was noted.
      sql<string | null>`case
        when not exists (select from subscriptions s where s.client_id = clients.id and s.is_current) then next_payment_on
        else (select next_period_on from subscriptions s where s.client_id = clients.id and s.is_current
          and s.status in ('trialing', 'active', 'past_due') and s.cancel_on is null) end`.as(
        'nextPaymentOn',
      ),
      'lastSignInAt',
      'createdAt',
      'updatedAt',
      'trashedAt',
    ])
    .executeTakeFirst()
}

export async function subscriptionsOf(db: Tables<'subscriptions' | 'plans'>, clientId: string) {
  return db
    .selectFrom('subscriptions')
    .innerJoin('plans', 'plans.id', 'subscriptions.planId')
    .where('clientId', '=', clientId)
    .orderBy('startedOn')
    .orderBy('subscriptions.id')
    .select([
      'plans.name as plan',
      'status',
      'subscriptions.monthlyCents',
      'startedOn',
      'trialEndsOn',
      'payingFrom',
      'payingUntil',
    ])
    .execute()
}

export async function documentsOf(db: Tables<'invoices' | 'invoiceLines'>, clientId: string) {
  return db
    .selectFrom('invoices')
    .where('clientId', '=', clientId)
    .orderBy('issuedOn')
    .orderBy('id')
    .select([
      'kind',
      'state',
      'number',
      'issuedOn',
      'dueOn',
      'totalExclCents',
      'totalVatCents',
      'totalInclCents',
      'paidCents',
      sql<unknown[]>`coalesce((select json_agg(line) from (
        select description, quantity::float8 as quantity, unit_price_cents as "unitPriceCents", vat_basis_points as "vatBasisPoints"
        from invoice_lines where invoice_id = invoices.id order by position) line), '[]')`.as('lines'),
    ])
    .execute()
}

export async function paymentsOf(db: Tables<'payments'>, clientId: string) {
  return db
    .selectFrom('payments')
    .where('clientId', '=', clientId)
    .orderBy('receivedOn')
    .orderBy('id')
    .select(['receivedOn', 'amountCents', 'method'])
    .execute()
}

/** What was done to the person's file, and when. By whom are other people's data (article 15(4)). */
export async function eventsOf(db: Tables<'auditLog'>, clientId: string) {
  return db
    .selectFrom('auditLog')
    .where('objectType', '=', 'client')
    .where(sql<boolean>`(object_id = ${clientId} or object_ids @> array[${clientId}]::text[])`)
    .where('result', '=', 'done')
    .orderBy('at')
    .orderBy('id')
    .select(['at', 'verb'])
    .execute()
}

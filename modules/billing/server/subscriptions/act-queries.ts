import { sql, type CentralDb } from '#platform/server/db.ts'

/** What an act goes by. */
export type Held = {
  id: string
  clientId: string
  clientStatus: string
  clientTrashed: boolean
  companyId: string | null
  planId: string
  planName: string
  status: string
  isCurrent: boolean
  intervalMonths: number
  monthlyCents: number
  startedOn: string
  trialEndsOn: string | null
  payingFrom: string | null
  payingUntil: string | null
  anchorOn: string | null
  nextPeriodOn: string | null
  cancelOn: string | null
  pausedOn: string | null
  resumesOn: string | null
  nextPlan: { planId: string; intervalMonths: number } | null
  priceOfDay: string | null
  paymentMeans: string | null
  holdForReview: boolean
  revision: number
}

/** Nobody else changes it until the transaction ends. */
export async function lockSubscription(db: CentralDb, id: string): Promise<Held | undefined> {
  const { rows } = await sql<Held>`
    select s.id, s.client_id as "clientId", c.status as "clientStatus", c.trashed_at is not null as "clientTrashed",
      s.company_id as "companyId", s.plan_id as "planId", p.name as "planName", s.status, s.is_current as "isCurrent",
      s.interval_months as "intervalMonths", s.monthly_cents as "monthlyCents", s.started_on as "startedOn",
      s.trial_ends_on as "trialEndsOn", s.paying_from as "payingFrom", s.paying_until as "payingUntil", s.anchor_on as "anchorOn",
      s.next_period_on as "nextPeriodOn", s.cancel_on as "cancelOn", s.paused_on as "pausedOn", s.resumes_on as "resumesOn",
      s.next_plan as "nextPlan", s.price_of_day as "priceOfDay", s.payment_means as "paymentMeans",
      s.hold_for_review as "holdForReview", s.revision
    from subscriptions s join clients c on c.id = s.client_id join plans p on p.id = s.plan_id
    where s.id = ${id}::uuid for no key update of s`.execute(db)
  return rows[0]
}

export type Change = Partial<
  Pick<
    Held,
    | 'planId'
    | 'status'
    | 'isCurrent'
    | 'intervalMonths'
    | 'monthlyCents'
    | 'trialEndsOn'
    | 'payingFrom'
    | 'payingUntil'
    | 'anchorOn'
    | 'nextPeriodOn'
    | 'cancelOn'
    | 'pausedOn'
    | 'resumesOn'
    | 'nextPlan'
    | 'paymentMeans'
    | 'holdForReview'
  >
> & { firstMonthlyCents?: number }

export async function changeSubscription(
  db: CentralDb,
  id: string,
  { nextPlan, ...change }: Change,
): Promise<void> {
  await db
    .updateTable('subscriptions')
    .set({
      ...change,
      ...(nextPlan === undefined ? {} : { nextPlan: nextPlan === null ? null : JSON.stringify(nextPlan) }),
      revision: sql<number>`revision + 1`,
    })
    .where('id', '=', id)
    .execute()
}

export async function tellEvent(
  db: CentralDb,
  event: {
    subscriptionId: string
    kind: string
    byStaffId: string | null
    at: Date
    data?: Record<string, unknown>
  },
): Promise<void> {
  await db
    .insertInto('subscriptionEvents')
    .values({ ...event, data: JSON.stringify(event.data ?? {}) })
    .execute()
}

/** The client's status follows the subscription; who looks at the client meanwhile is told by its version. */
export async function moveClient(db: CentralDb, clientId: string, status: string, now: Date): Promise<void> {
  await sql`
    update clients set status = ${status}, version = version + 1, updated_at = ${now}
    where id = ${clientId}::uuid and status <> ${status}`.execute(db)
}

/** The price of a period that begins on a day, as somebody who subscribes then would pay it. */
export async function priceOn(
  db: CentralDb,
  planId: string,
  about: { months: number; day: string; startedOn: string },
): Promise<{ priceCents: number; vatBasisPoints: number } | undefined> {
  const { rows } = await sql<{ priceCents: number; vatBasisPoints: number }>`
    select price_cents as "priceCents", vat_basis_points as "vatBasisPoints" from plan_prices
    where plan_id = ${planId}::uuid and interval_months = ${about.months} and in_force_from <= ${about.day}::date
      and (applies_to = 'next_periods' or in_force_from <= ${about.startedOn}::date)
    order by in_force_from desc limit 1`.execute(db)
  return rows[0]
}

export async function planById(db: CentralDb, id: string) {
  return db
    .selectFrom('plans')
    .where('id', '=', id)
    .select(['id', 'name', 'archivedAt', 'description'])
    .executeTakeFirst()
}

/**
 * Whether the client began, or stopped, to pay another subscription in the same month, or pays another one that day: new clients
 * and churn count people, so nobody does twice.
 */
export async function startsTwice(
  db: CentralDb,
  clientId: string,
  day: string,
  besides?: string,
): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`
    select exists (select from subscriptions where client_id = ${clientId}::uuid and id is distinct from ${besides ?? null}::uuid
      and paying_from is not null
      and (date_trunc('month', paying_from::timestamp) = date_trunc('month', ${day}::timestamp) or paying_until is null or paying_until > ${day}::date)) as known`.execute(
    db,
  )
  return rows[0]?.known ?? false
}

export async function stopsTwice(
  db: CentralDb,
  clientId: string,
  day: string,
  besides: string,
): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`
    select exists (select from subscriptions where client_id = ${clientId}::uuid and id <> ${besides}::uuid
      and date_trunc('month', paying_until::timestamp) = date_trunc('month', ${day}::timestamp)) as known`.execute(
    db,
  )
  return rows[0]?.known ?? false
}

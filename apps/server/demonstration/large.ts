import { sql, type CentralDb } from '#platform/server/db.ts'
import { chanceOf, type Chance } from './chance.ts'
import { demoIdSql } from './ids.ts'
import { lastNames, men, women } from './names.ts'
import { cabinet, secretariat, solo } from './offers.ts'
import { places } from './places.ts'
import { rpps, siret } from './professional-numbers.ts'
import { workAsOwner } from './standing.ts'

export const largeClients = 100_000
export const largeInvoices = 1_000_000

/**
 * Three years of a large business, beside the small demonstration: PostgreSQL invents the rows itself, so nothing of
 * them passes through this process. In a transaction of an administrator.
 * @param today the day in Paris
 */
export async function loadLarge(
  db: CentralDb,
  today: string,
  log: (sentence: string) => void,
): Promise<void> {
  await sql`set local statement_timeout = 0`.execute(db)
  await sql`set local work_mem = '64MB'`.execute(db)
  await restTriggers(db)
  await inventNumbers(db)
  for (const [sentence, statements] of steps(today)) {
    const began = performance.now()
    for (const statement of statements) await sql.raw(statement).execute(db)
    log(`${sentence} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  }
}

/** A superuser may let triggers and foreign keys rest: what they keep is made whole at the end either way, only sooner. */
async function restTriggers(db: CentralDb): Promise<void> {
  await sql`set local role none`.execute(db)
  await sql`select set_config('session_replication_role', 'replica', true)
    where has_parameter_privilege('session_replication_role', 'SET')`.execute(db)
  await workAsOwner(db)
}

const numbers = 10_000

/** Professional numbers with right check digits, for PostgreSQL to choose among. */
async function inventNumbers(db: CentralDb): Promise<void> {
  const chance = chanceOf(numbers)
  const some = (invent: (chance: Chance) => string) => Array.from({ length: numbers }, () => invent(chance))
  await sql`create temp table demo_numbers on commit drop as
    select n - 1 as number, rpps, siret
    from unnest(${some(rpps)}::text[], ${some(siret)}::text[]) with ordinality as invented (rpps, siret, n)`.execute(
    db,
  )
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`
const array = (texts: readonly string[]) => `ARRAY[${texts.map(quoted).join(',')}]`
/** One of a list, by chance over the row's number. */
const pick = (texts: readonly string[], salt: number) =>
  `(${array(texts)})[1 + pg_temp.chance(n, ${salt}, ${texts.length})]`

const tools = [
  `CREATE FUNCTION pg_temp.chance(n bigint, salt integer, upto integer) RETURNS integer LANGUAGE sql IMMUTABLE
     RETURN abs(hashint8extended(n, salt) % upto)::integer`,
]

function steps(today: string): [sentence: string, statements: string[]][] {
  const day = `date ${quoted(today)}`
  const opening = `(${day} - interval '36 months')::date`
  return [
    ['Clients invented', [...tools, inventClients(day, opening)]],
    [`${largeClients} clients`, [insertClients(day)]],
    ['Subscriptions', [insertSubscriptions(day)]],
    ['Invoices invented', [inventInvoices(day)]],
    [`${largeInvoices} invoices`, [insertInvoices]],
    ['Lines', [insertLines]],
    ['Payments', [insertPayments]],
    [
      'Allocations',
      [
        // paid_cents was written with the invoices.
        'ALTER TABLE payment_allocations DISABLE TRIGGER settle_insert',
        insertAllocations,
        'ALTER TABLE payment_allocations ENABLE TRIGGER settle_insert',
      ],
    ],
    [
      'Words and figures',
      [
        `INSERT INTO client_words (word) SELECT DISTINCT word FROM clients, unnest(search_words) AS word WHERE word <> ''
         ON CONFLICT DO NOTHING`,
        'DELETE FROM figure_deltas',
        'DELETE FROM figures',
        `INSERT INTO figures (measure, day, dimension, count, cents)
         SELECT measure, day, dimension, count, cents FROM recounted_figures`,
      ],
    ],
  ]
}

/** Who they are and how far they came: about half pay, some left, some try, some only look. */
function inventClients(day: string, opening: string): string {
  const women78 = `CASE WHEN pg_temp.chance(n, 1, 100) < 78 THEN ${pick(women, 2)} ELSE ${pick(men, 2)} END`
  return `
    CREATE TEMP TABLE demo_clients ON COMMIT DROP AS
    WITH numbers AS (SELECT n, pg_temp.chance(n, 3, 100) AS lot FROM generate_series(1::bigint, ${largeClients} - (SELECT count(*) FROM clients)) AS n),
    lives AS (
      SELECT n, CASE WHEN lot < 47 THEN 'active' WHEN lot < 49 THEN 'past_due' WHEN lot < 51 THEN 'paused' WHEN lot < 53 THEN 'cancelled'
                     WHEN lot < 66 THEN 'ended' WHEN lot < 70 THEN 'trialing' WHEN lot < 76 THEN 'tried' END AS life,
             ${opening} + pg_temp.chance(n, 4, ${day} - ${opening}) AS began,
             CASE WHEN pg_temp.chance(n, 5, 100) < 12 THEN 'secretary' ELSE 'practitioner' END AS kind
      FROM numbers),
    dated AS (
      SELECT n, kind, began, life,
        CASE WHEN life IN ('active', 'past_due', 'paused', 'cancelled', 'ended') THEN began END AS paying_from,
        CASE life WHEN 'paused' THEN began + 1 + pg_temp.chance(n, 6, greatest(1, ${day} - began))
                  WHEN 'ended' THEN began + 1 + pg_temp.chance(n, 6, greatest(1, least(500, ${day} - began)))
                  WHEN 'cancelled' THEN ${day} + 1 + pg_temp.chance(n, 6, 28) END AS paying_until
      FROM lives)
    SELECT n, kind, began, life, paying_from, paying_until,
      CASE WHEN life IN ('active', 'past_due', 'paused', 'cancelled') THEN 'active'
           WHEN life = 'ended' THEN CASE WHEN pg_temp.chance(n, 7, 10) < 6 THEN 'freemium' ELSE 'excluded' END
           WHEN life IN ('trialing', 'tried') THEN 'prospect'
           ELSE CASE WHEN pg_temp.chance(n, 7, 10) < 6 THEN 'prospect' ELSE 'freemium' END END AS status,
      CASE WHEN kind = 'secretary' THEN 3 WHEN pg_temp.chance(n, 8, 10) < 3 THEN 2 ELSE 1 END AS offer,
      ${women78} AS first_name, ${pick(lastNames, 9)} AS last_name,
      (began + time '09:00') AT TIME ZONE 'Europe/Paris' - make_interval(days => 15 + pg_temp.chance(n, 10, 20), mins => pg_temp.chance(n, 11, 480)) AS created_at,
      ${demoIdSql('n', "(began + time '06:00') AT TIME ZONE 'UTC'")} AS id,
      1 + pg_temp.chance(n, 12, ${places.length}) AS place
    FROM dated`
}

const insertClients = (day: string) => `
  INSERT INTO clients (id, kind, status, first_name, last_name, email, phone, address, city, postal_code, department,
    rpps, siret, next_payment_on, last_sign_in_at, created_at, updated_at, trashed_at)
  SELECT id, kind, status, first_name, last_name,
    translate(plain_text(first_name) || '.' || plain_text(last_name), ' ', '') || '.' || n || '@example.com',
    '+3363998' || lpad(pg_temp.chance(n, 20, 10000)::text, 4, '0'), 1 + pg_temp.chance(n, 21, 120) || ', rue de la République',
    (${array(places.map(({ city }) => city))})[place], (${array(places.map(({ postalCode }) => postalCode))})[place],
    (${array(places.map(({ department }) => department))})[place],
    CASE WHEN kind = 'practitioner' THEN rpps END, CASE WHEN pg_temp.chance(n, 23, 10) < 7 THEN siret END,
    CASE WHEN life IN ('active', 'past_due') THEN ${day} + 1 + pg_temp.chance(n, 25, 28) END,
    CASE WHEN pg_temp.chance(n, 26, 100) < 90 THEN created_at + (${day} - created_at) * (pg_temp.chance(n, 27, 1000) / 1000.0) END,
    created_at, created_at, CASE WHEN pg_temp.chance(n, 28, 100) = 0 THEN created_at + interval '1 day' END
  FROM demo_clients JOIN demo_numbers ON number = n % ${numbers}`

const insertSubscriptions = (day: string) => `
  INSERT INTO subscriptions (id, client_id, plan_id, status, monthly_cents, started_on, trial_ends_on, paying_from, paying_until,
    anchor_on, next_period_on, cancel_on, paused_on)
  SELECT ${demoIdSql('n', "began AT TIME ZONE 'UTC'")}, demo_clients.id, plans.id,
    CASE life WHEN 'tried' THEN 'ended' ELSE life END, plans.monthly_cents, began - 14,
    CASE WHEN life = 'trialing' THEN ${day} + 1 + pg_temp.chance(n, 30, 14) ELSE began END, paying_from, paying_until,
    coalesce(clients.next_payment_on, paying_from, began), CASE WHEN life IN ('active', 'past_due') THEN clients.next_payment_on
      WHEN life = 'trialing' THEN ${day} + 1 + pg_temp.chance(n, 30, 14) END,
    CASE WHEN life = 'cancelled' THEN paying_until END, CASE WHEN life = 'paused' THEN paying_until END
  FROM demo_clients JOIN clients USING (id) JOIN plans ON plans.key = (ARRAY['${solo.key}', '${cabinet.key}', '${secretariat.key}'])[offer]
  WHERE life IS NOT NULL`

/** Monthly from the first paid day; what is too many is left out by chance, then numbered without a gap. */
const inventInvoices = (day: string) => `
  CREATE TEMP TABLE demo_invoices ON COMMIT DROP AS
  WITH candidates AS (
    SELECT demo_clients.n AS client, demo_clients.id AS client_id, offer, issued_on::date, demo_clients.n * 64 + month AS n
    FROM demo_clients, generate_series(0, 36) AS month, LATERAL (SELECT paying_from + make_interval(months => month) AS issued_on) AS at
    WHERE issued_on <= ${day} AND issued_on < coalesce(paying_until, 'infinity')),
  kept AS (
    SELECT * FROM candidates ORDER BY hashint8extended(n, 40) LIMIT ${largeInvoices} - (SELECT count(*) FROM invoices)),
  numbered AS (
    SELECT row_number() OVER (ORDER BY issued_on, client) AS n, client_id, issued_on, offer,
      row_number() OVER (PARTITION BY extract(year FROM issued_on) ORDER BY issued_on, client) AS of_year
    FROM kept)
  SELECT n, client_id, issued_on, offer, 'G-' || extract(year FROM issued_on) || '-' || lpad(of_year::text, 7, '0') AS number,
    (ARRAY[${[solo, cabinet, secretariat].map(({ monthlyCents }) => monthlyCents).join(',')}])[offer] AS cents,
    ${demoIdSql('n', "(issued_on + time '06:00') AT TIME ZONE 'UTC'")} AS id,
    -- Young ones wait for their money; of older ones a few never saw it.
    CASE WHEN issued_on > ${day} - 6 OR (issued_on > ${day} - 200 AND pg_temp.chance(n, 41, 1000) < 6) THEN 0
         WHEN issued_on > ${day} - 100 AND pg_temp.chance(n, 42, 1000) < 2 THEN 1 ELSE 2 END AS paid
  FROM numbered`

const vat = 'round(cents * 0.2)::bigint'
const paymentId = demoIdSql('n', "(issued_on + time '12:00') AT TIME ZONE 'UTC'")
const received = `CASE paid WHEN 2 THEN cents + ${vat} ELSE 1000 END`

/** As if an older system had issued them: a million frozen documents would be ten gigabytes. */
const insertInvoices = `
  INSERT INTO invoices (id, client_id, kind, state, origin, number, issued_on, due_on, total_excl_cents, total_vat_cents, paid_cents, created_at)
  SELECT id, client_id, 'invoice', 'issued', 'import', number, issued_on, issued_on + 15, cents, ${vat},
    CASE WHEN paid > 0 THEN ${received} ELSE 0 END, (issued_on + time '06:00') AT TIME ZONE 'UTC'
  FROM demo_invoices`

const insertLines = `
  INSERT INTO invoice_lines (id, invoice_id, position, description, quantity, unit_price_cents, vat_basis_points)
  SELECT ${demoIdSql('n', "(issued_on + time '06:00') AT TIME ZONE 'UTC'")}, id, 1,
    (${array([solo, cabinet, secretariat].map(({ described }) => described))})[offer], 1, cents, 2000
  FROM demo_invoices`

const insertPayments = `
  INSERT INTO payments (id, client_id, received_on, amount_cents, method, source)
  SELECT ${paymentId}, client_id, issued_on + 5, ${received}, (ARRAY['direct_debit', 'direct_debit', 'card', 'transfer'])[1 + pg_temp.chance(n, 50, 4)],
    'import'
  FROM demo_invoices WHERE paid > 0`

const insertAllocations = `
  INSERT INTO payment_allocations (payment_id, invoice_id, amount_cents)
  SELECT ${paymentId}, id, ${received} FROM demo_invoices WHERE paid > 0`

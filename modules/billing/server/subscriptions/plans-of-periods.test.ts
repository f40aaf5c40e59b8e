import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { expect, test } from 'vitest'
import { atTheEnd } from '../../../../tests/harness/at-the-end.ts'
import { testDatabase } from '../../../../tests/harness/database.ts'

const { adminUrl } = await testDatabase()
const owner = new pg.Client({ connectionString: adminUrl })
await owner.connect()
atTheEnd(() => owner.end())

type Told = { at: string; from: string; to: string; months: [number, number]; on: string; prorated?: boolean }

/** Periods as a release before it kept them, then what the migration does to them. @returns the plan of each, in their order */
async function plansOf(
  now: string,
  periods: readonly { on: string; until: string; billedAt: string }[],
  changes: readonly Told[],
): Promise<string[]> {
  const migration = await readFile(
    new URL('../../../../db/central/0017_billing_mended.sql', import.meta.url),
    'utf8',
  )
  const fills = /ALTER TABLE subscription_periods ADD plan_id[^]*?ALTER plan_id SET NOT NULL;/.exec(
    migration,
  )![0] // else it is red
  await owner.query('BEGIN')
  try {
    await owner.query(`ALTER TABLE subscription_periods DROP plan_id;
      INSERT INTO plans (key, name, monthly_cents) VALUES ('first', 'First', 3000), ('second', 'Second', 6000), ('third', 'Third', 9000)`)
    const { rows } = await owner.query<{ id: string }>(
      `WITH client AS (INSERT INTO clients (kind, status, first_name, last_name, email)
         VALUES ('practitioner', 'active', 'Sonia', 'Lemoine', 'sonia@example.com') RETURNING id)
       INSERT INTO subscriptions (client_id, plan_id, status, monthly_cents, started_on)
       SELECT client.id, plans.id, 'active', 3000, '2026-01-01' FROM client, plans WHERE key = $1 RETURNING id`,
      [now],
    )
    const id = rows[0]?.id
    for (const { on, until, billedAt } of periods)
      await owner.query(
        `INSERT INTO subscription_periods (subscription_id, starts_on, ends_on, billed_at) VALUES ($1, $2, $3, $4)`,
        [id, on, until, billedAt],
      )
    for (const { at, from, to, months, on, prorated } of changes)
      await owner.query(
        `INSERT INTO subscription_events (subscription_id, kind, at, data)
         SELECT $1, 'plan_changed', $2, jsonb_build_object('planId', id, 'plan', name, 'from', $4::text, 'fromMonths', $5::integer,
           'intervalMonths', $6::integer, 'on', $7::text, 'prorated', $8::boolean) FROM plans WHERE key = $3`,
        [id, at, to, `${from.charAt(0).toUpperCase()}${from.slice(1)}`, ...months, on, prorated ?? false],
      )
    await owner.query(fills)
    const { rows: filled } = await owner.query<{ key: string }>(
      `SELECT key FROM subscription_periods JOIN plans ON plans.id = plan_id ORDER BY starts_on`,
    )
    return filled.map(({ key }) => key)
  } finally {
    await owner.query('ROLLBACK')
  }
}

const month = { on: '2026-09-01', until: '2026-10-01', billedAt: '2026-09-01T04:00:00Z' }
const next = { on: '2026-10-01', until: '2026-11-01', billedAt: '2026-10-01T04:00:00Z' }
const year = { on: '2026-09-10', until: '2027-09-10', billedAt: '2026-09-10T09:00:00.000Z' }
const anew = {
  at: '2026-09-10T09:00:00.040Z',
  from: 'first',
  to: 'second',
  months: [1, 12],
  on: '2026-09-10',
  prorated: true,
} satisfies Told

test('a period that a change of interval began is of the plan changed to, though the change is told a moment later', async () => {
  expect(await plansOf('second', [month, year], [anew])).toEqual(['first', 'second'])
})

test('and stays so when the plan is changed within it later, on the same day too', async () => {
  const later = {
    ...anew,
    at: '2026-09-10T15:00:00Z',
    from: 'second',
    to: 'third',
    months: [12, 12],
  } satisfies Told
  expect(await plansOf('third', [month, year], [anew, later])).toEqual(['first', 'second'])
})

test('a change of interval on the first day of a period that is paid already is of the next one', async () => {
  const later = { ...anew, at: '2026-09-01T09:00:00Z', on: '2026-09-01', prorated: false }
  expect(await plansOf('second', [month, next], [later])).toEqual(['first', 'second'])
})

test('what never changed is of its plan, and what renewed to another one is of that', async () => {
  expect(await plansOf('first', [month], [])).toEqual(['first'])
  const renewed = {
    at: next.billedAt,
    from: 'first',
    to: 'second',
    months: [1, 1],
    on: next.on,
  } satisfies Told
  expect(await plansOf('second', [month, next], [renewed])).toEqual(['first', 'second'])
})

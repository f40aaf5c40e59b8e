import fc from 'fast-check'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { lineSums } from '#contract/billing'
import { testDatabase } from '../../../tests/harness/database.ts'
import { randomLines } from '../../../tests/harness/random-lines.ts'

const { adminUrl } = await testDatabase()
const client = new pg.Client({ connectionString: adminUrl })
await client.connect()
afterAll(() => client.end())

test('PostgreSQL reckons a line to the same cent as the editor', async () => {
  await client.query(
    'CREATE TEMPORARY TABLE typed (LIKE invoice_lines INCLUDING GENERATED INCLUDING DEFAULTS)',
  )
  await client.query('ALTER TABLE typed ALTER invoice_id DROP NOT NULL')
  const lines = fc.sample(randomLines, 40).flat()
  const { rows } = await client.query<{ excl: string }>(
    `WITH kept AS (
       INSERT INTO typed (position, description, quantity, unit_price_cents, vat_basis_points, discount_basis_points, discount_cents)
       SELECT place, '', quantity::numeric, price::bigint, 0, points::integer, off::bigint
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS one (quantity, price, points, off, place)
       RETURNING position, excl_cents)
     SELECT excl_cents::text AS excl FROM kept ORDER BY position`,
    [
      lines.map(({ quantity }) => quantity),
      lines.map(({ unitPriceCents }) => String(unitPriceCents)),
      lines.map(({ discountBasisPoints }) => String(discountBasisPoints)),
      lines.map(({ discountCents }) => String(discountCents)),
    ],
  )
  expect(rows.map(({ excl }) => Number(excl))).toEqual(lines.map((line) => lineSums(line).exclCents))
})

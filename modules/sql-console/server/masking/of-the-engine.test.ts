import { expect, test } from 'vitest'
import { consoleDatabase } from '../../../../tests/harness/console.ts'
import { simulate } from '../simulating/simulating.ts'
import { read } from '../statements/reading.ts'
import { readColumns } from './columns.ts'
import { maskReport } from './masking.ts'

const { admin, doors } = await consoleDatabase()
await admin.query(`CREATE TABLE clients (id int PRIMARY KEY, status text, email text UNIQUE, internal_note text);
  INSERT INTO clients SELECT i, 'trial', 'claire' || i || '@cabinet.fr', repeat(md5(i::text) || 'Dupont', 300) FROM generate_series(1, 3) i`)
const schema = await readColumns(admin, 'central')

async function masked(text: string) {
  const found = read(text)
  if ('unreadable' in found) throw new Error(found.unreadable.reason)
  const { statements } = found
  const report = await simulate(doors, { statements, parameters: [] })
  return maskReport(report, { statements, schema, unmasked: new Set() })
}

test('a whole report of the engine holds nothing of anybody: rows, before and after, plan, locks and proof', async () => {
  const report = await masked(
    "UPDATE clients SET status = 'active', internal_note = internal_note || 'x' WHERE id < 3 RETURNING *; SELECT max(email), count(*) FROM clients",
  )
  expect(report.status).toBe('simulated')
  expect(report.proof.unchanged).toBe(true)
  expect(report.statements[0]?.changes).toHaveLength(2)
  expect(report.statements[0]?.changes[0]).toMatchObject({
    before: { id: 1, status: 'trial', email: '•••', internal_note: '•••' },
    after: { id: 1, status: 'active', email: '•••', internal_note: '•••' },
    changed: expect.arrayContaining(['status', 'internal_note']),
  })
  // That a value was too long to be told says how long it is.
  expect(report.statements[0]?.changes[0]?.cut ?? []).toEqual([])
  expect(report.statements[1]?.rows).toEqual([['•••', '3']])
  expect(JSON.stringify(report)).not.toMatch(/cabinet|dupont/i)
})

test('nor does one of a failure', async () => {
  const report = await masked('UPDATE clients SET email = (SELECT max(email) FROM clients)')
  expect(report.failure?.detail).toBe('Key (email)=(•••) already exists.')
  expect(JSON.stringify(report)).not.toMatch(/cabinet|dupont/i)
})

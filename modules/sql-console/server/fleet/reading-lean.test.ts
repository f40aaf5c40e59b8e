import { expect, test } from 'vitest'
import { consoleDatabase } from '../../../../tests/harness/console.ts'
import { usual } from '../simulating/bounds.ts'

import type { Statement } from '../statements/reading.ts'
import { readLean } from './reading-lean.ts'

const { admin, doors } = await consoleDatabase()
await admin.query(
  "CREATE TABLE clients (id int PRIMARY KEY, name text); INSERT INTO clients VALUES (1, 'one')",
)

/** As if nobody had looked at it. */
const unseen = (text: string): Statement => ({
  text,
  command: '?',
  does: 'reads',
  refusals: [],
  parameters: 0,
  names: [],
  called: [],
  place: { from: 0, to: text.length },
})
const escaping = "UPDATE clients SET name = 'escaped'"

test.each([
  ['COMMIT AND CHAIN', 'SET TRANSACTION READ WRITE', escaping, 'COMMIT AND CHAIN'],
  ['ROLLBACK AND CHAIN', 'SET TRANSACTION READ WRITE', escaping, 'COMMIT AND CHAIN'],
  ['END AND CHAIN', 'SET TRANSACTION READ WRITE', escaping, 'COMMIT'],
  ['SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE', 'COMMIT AND CHAIN', escaping, 'COMMIT AND CHAIN'],
  ['COMMIT', 'BEGIN READ WRITE', escaping, 'COMMIT'],
])('even past the parser, nothing runs in another transaction: %s', async (...texts) => {
  const { simulation } = await readLean(
    doors,
    { statements: texts.map(unseen), parameters: [] },
    usual,
    async () => ({ columns: [], functions: [], views: [] }) as never, // nothing is masked here
    new AbortController().signal,
  )
  expect(simulation).toMatchObject({ status: 'failed', failure: { code: 'transaction_left' } })
  expect(simulation.statements.length).toBeLessThan(2)
  expect((await admin.query('SELECT name FROM clients')).rows).toEqual([{ name: 'one' }])
})

import { expect, test } from 'vitest'
import { readApart } from '../statements/reading-apart.ts'
import { inTheLog, mostLogged } from './logged.ts'
import { read } from '../statements/reading.ts'

/** As if nothing were refused. */
function wordless(text: string) {
  const found = read(text)
  if ('unreadable' in found) return inTheLog(text, found).wordless
  return inTheLog(text, { statements: found.statements.map((one) => ({ ...one, refusals: [] })) }).wordless
}
const typed = (text: string) => inTheLog(text, read(text)).typed
const times = (count: number, text: string) => text.repeat(count)

test('values and comments are left out, and what it does is not', () => {
  expect(
    wordless(`-- pour Zoé Martin
      UPDATE patients SET phone = '06 12 34 56 78', note = $$né le 1/2$$ /* elle /* encore */ */ WHERE last_name = U&'Zo\\00E9'; SELECT 5`),
  ).toBe('UPDATE patients SET phone = …, note = … WHERE last_name = …; SELECT …')
})

test.each([
  `COMMENT ON TABLE patients IS 'Zoé Martin'`,
  `ALTER TABLE patients ALTER COLUMN last_name SET DEFAULT 'Zoé Martin'`,
  `ALTER TABLE patients ADD CHECK (last_name <> 'Zoé Martin')`,
  `CREATE INDEX ON patients (id) WHERE last_name = 'Zoé Martin'`,
  `CREATE VIEW v AS SELECT FROM patients WHERE last_name = 'Zoé Martin'`,
  `ALTER TYPE mood ADD VALUE 'Zoé Martin'`,
  `SELECT * FROM JSON_TABLE('{}'::jsonb, '$ ? (@ == "Zoé Martin")' COLUMNS (a int PATH '$.x'))`,
  `SELECT 1 AS "Zoé Martin"`,
  `SELECT E'Zo\\u00e9' 'Zoé Martin', N'Zoé Martin', B'101', 0x1F, 1e5`,
  `SELECT 'Zoé Martin`,
  `SELECT $a$Zoé Martin$a$, U&"Zoé", U&'Martin', X'1F'`,
])('nobody is named by %s', (text) => {
  const said = wordless(text)
  expect(said).not.toMatch(/Zo|Martin|101|1F|1e5/)
})

const reads = 'SELECT last_name FROM patients'

test.each([
  ['blanks', `${times(900_000, ' ')}${reads}`],
  ['blanks within', `SELECT ${times(900_000, ' ')}last_name FROM patients`],
  ['lines of comments', `${times(90_000, '-- rien\n')}${reads}`],
  ['a comment within', `SELECT /* ${times(900_000, 'x')} */ last_name FROM patients`],
  ['a harmless statement', `SELECT ${times(60_000, '1,')}1; ${reads}`],
  ['harmless ones', `${times(400, `SELECT ${times(300, '1, ')}1;`)}${reads}`],
  ['a harmless one behind it', `${reads}; SELECT ${times(60_000, '1,')}1`],
  ['a long value', `SELECT '${times(900_000, 'x')}', last_name FROM patients`],
])('what matters does not hide behind %s', { timeout: 20_000 }, async (_what, text) => {
  const said = await readApart(text)
  expect('statements' in said && said.statements.every(({ refusals }) => refusals.length === 0)).toBe(true)
  for (const told of [said.wordless, said.typed]) {
    expect(told).toMatch(/last_name FROM patients/)
    expect(told.length).toBeLessThan(mostLogged + 1_000)
  }
})

test('what fits is told as it was typed, and what does not is told by its beginnings and ends, and by what it names', () => {
  const fits = `SELECT  1 -- un,  'deux'`
  expect(typed(fits)).toBe(fits)
  const hidden = `SELECT ${times(60_000, '1, ')}(SELECT last_name FROM patients), ${times(60_000, '1, ')}9 AS last; DELETE FROM clients`
  const said = typed(hidden)
  expect(said).toMatch(/^SELECT 1, .* …\d+… .* 9 AS last; DELETE FROM clients\n-- clients, patients$/s)
  expect(said.length).toBeLessThan(mostLogged + 1_000)
  expect(typed('😀'.repeat(mostLogged)).isWellFormed()).toBe(true)
})

test('of what is refused a practice’s log has nothing, and the central one what was typed', async () => {
  expect(await readApart('SELECT pg_sleep(5)')).toMatchObject({ wordless: '', typed: 'SELECT pg_sleep(5)' })
  const long = await readApart(`${times(200_000, ' x')} COMMIT`)
  expect(long.wordless).toBe('')
  expect(long.typed).toMatch(/^ x x.*COMMIT$/s)
})

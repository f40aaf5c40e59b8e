import { expect, test } from 'vitest'
import { loadModule } from 'libpg-query'
import { wordless } from './wordless.ts'

await loadModule()

test('values and comments are left out, and what it does is not', () => {
  expect(
    wordless(`-- pour Zoé Martin
      UPDATE patients SET phone = '06 12 34 56 78', note = $$né le 1/2$$ /* elle /* encore */ */ WHERE last_name = U&'Zo\\00E9'; SELECT 5`),
  ).toMatch(/^UPDATE patients SET phone = …, note = … +WHERE last_name = …; SELECT …$/)
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

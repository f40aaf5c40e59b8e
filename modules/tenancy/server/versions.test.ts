import { expect, test } from 'vitest'
import { oldestServed, readSchema } from './versions.ts'

const schema = readSchema()

test('what this release serves begins and ends with files it has', () => {
  expect(schema.migrations.map(({ version }) => version)).toContain(oldestServed)
  expect(schema.current).toBeGreaterThanOrEqual(oldestServed)
})

/** What takes away, or changes under the feet of whoever uses it, the comments aside. */
const takesAway =
  /\b(DROP\s+(TABLE|COLUMN|VIEW|FUNCTION|TYPE|SCHEMA)|RENAME\s+(TO|COLUMN)|ALTER\s+(COLUMN\s+)?\w+\s+(SET\s+DATA\s+)?TYPE|SET\s+NOT\s+NULL|TRUNCATE)\b/i

/** `-- contract: nothing since 0007 reads notes.colour` */
const reason = /^-- contract: .*\bsince (\d{4})\b/m

const unreasoned = (sql: string) => takesAway.test(sql.replaceAll(/--.*$/gm, '')) && !reason.test(sql)

test.each([
  'ALTER TABLE notes DROP COLUMN colour;',
  'DROP TABLE colours;',
  'alter table notes rename to records;',
  'ALTER TABLE notes RENAME COLUMN colour TO color;',
  'ALTER TABLE notes ALTER COLUMN colour TYPE integer USING 0;',
  'ALTER TABLE notes ALTER colour SET NOT NULL;',
])('%s is a step that takes away', (sql) => {
  expect(unreasoned(sql)).toBe(true)
  expect(unreasoned(`-- contract: nobody asks for it since 0002\n${sql}`)).toBe(false)
})

test('a step that takes something away says since which schema nothing needs it, and that one is served no more', () => {
  expect(schema.migrations.filter(({ sql }) => unreasoned(sql)).map(({ name }) => name)).toEqual([])
  const tooEarly = schema.migrations.filter(({ sql }) => Number(reason.exec(sql)?.[1] ?? 0) > oldestServed)
  expect(tooEarly.map(({ name }) => name)).toEqual([])
})

/** What stands behind `(x).`: a column where it is one, and a function never. */
import { beforeAll, expect, test } from 'vitest'
import { consoleDatabase } from '../../../../tests/harness/console.ts'
import { read } from '../statements/reading.ts'
import { simulate } from './simulating.ts'

const { admin, doors } = await consoleDatabase()

beforeAll(async () => {
  await admin.query(`CREATE TABLE patients (id int PRIMARY KEY, last_name text, pg_class text, shout text);
    CREATE TABLE others (elsewhere text);
    CREATE FUNCTION shout(patients) RETURNS text LANGUAGE sql AS $$ SELECT 'called' $$;
    CREATE FUNCTION lower_twice(text) RETURNS text LANGUAGE sql AS $$ SELECT 'called' $$;
    INSERT INTO patients VALUES (1, 'Girard', 'x', 'y')`)
})

async function outcome(text: string) {
  const found = read(text)
  if ('unreadable' in found) throw new Error(found.unreadable.reason)
  const [refused] = found.statements.flatMap(({ refusals }) => refusals)
  if (refused) return `${refused.reason}: ${refused.name}`
  const { failure, statements } = await simulate(doors, { statements: found.statements, parameters: [] })
  return failure ? `${failure.code}: ${failure.message} at ${failure.at}` : statements.at(-1)?.rows
}

test.each([
  ['SELECT (p).last_name FROM patients p', [['Girard']]],
  [
    'SELECT (p).id, (patients.p).last_name FROM (SELECT patients AS p FROM patients) patients',
    [['1', 'Girard']],
  ],
  // Named in the text, and no column of what it stands behind: PostgreSQL says so.
  ['SELECT (o.elsewhere).last_name FROM patients p, others o', expect.stringMatching(/^42809: /)],
  ['SELECT (p).elsewhere FROM patients p', 'function: elsewhere at 7'],
  ['SELECT (p).shout FROM patients p', 'function: shout at 7'],
  ['SELECT (p.last_name).lower_twice FROM patients p', 'function: lower_twice at 7'],
  ['SELECT (p).pg_class FROM patients p', 'function: pg_class'],
  ['SELECT (p.last_name).pg_ls_dir FROM patients p', 'file: pg_ls_dir'],
  ["SELECT ('.'::text).pg_ls_dir", 'file: pg_ls_dir'],
  ["SELECT ('a'::text).last_name FROM patients", 'function: last_name'],
  ['SELECT ((p).last_name).last_name FROM patients p', 'function: last_name'],
])('%s', async (text, what) => expect(await outcome(text)).toEqual(what))

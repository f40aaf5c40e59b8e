import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { atTheEnd } from '../../../../tests/harness/at-the-end.ts'
import { testDatabase } from '../../../../tests/harness/database.ts'
import { reportOf } from '../../../../tests/harness/sql-report.ts'
import { read } from '../statements/reading.ts'
import type { Unmaskable } from './classes.ts'
import { readColumns, type Columns } from './columns.ts'
import { maskReport } from './masking.ts'

const { adminUrl } = await testDatabase({ empty: true })

const admin = new pg.Client(adminUrl)
await admin.connect()
atTheEnd(() => admin.end())

let schema: Columns
beforeAll(async () => {
  await admin.query(`
    CREATE TABLE clients (id int PRIMARY KEY, status text, last_name text NOT NULL, email text UNIQUE, phone text, city text,
      internal_note text, rpps bigint CHECK (rpps > 100), created_at date DEFAULT '2026-01-05');
    CREATE TABLE invoices (id int PRIMARY KEY, client_id int REFERENCES clients ON DELETE CASCADE, number text, state text,
      total_incl_cents int, due_on date, note text DEFAULT '');
    CREATE TABLE tickets (id int PRIMARY KEY, number int, subject text, status text, client_id int, opened_at timestamptz DEFAULT now(),
      clocks jsonb);
    CREATE TABLE sepa_mandates (id int PRIMARY KEY, client_id int, state text, bic text, iban_ending text, iban_sealed bytea);
    CREATE TABLE plans (id int PRIMARY KEY, key text, name text, monthly_cents int);
    CREATE VIEW audit_log AS SELECT c.id, upper(c.last_name) AS reason, c.status AS verb, c.email AS invented FROM clients c;
    INSERT INTO clients SELECT i, CASE i % 2 WHEN 0 THEN 'active' ELSE 'trial' END, 'Moreau' || i, 'claire' || i || '@cabinet.fr',
      '061234567' || i, 'Nancy', NULL, 81000000000 + i FROM generate_series(1, 4) i;
    INSERT INTO invoices SELECT i, (i + 1) / 2, 'F-2026-000' || i, 'issued', 2900 * i, '2026-02-01' FROM generate_series(1, 6) i;
    INSERT INTO tickets SELECT i, 100 + i, 'Ma patiente Dupont', 'open', i, '2026-01-06', '{"why": "Dupont"}' FROM generate_series(1, 3) i;
    INSERT INTO sepa_mandates VALUES (1, 1, 'active', 'AGRIFRPP', '0142', '\\x01020304');
    INSERT INTO plans VALUES (1, 'solo', 'Solo', 2900), (2, 'duo', 'Duo', 4900)`)
  schema = await readColumns(admin, 'central')
})

const tables = ['clients', 'invoices', 'tickets', 'sepa_mandates', 'plans']

async function masked(text: string, unmasked: Unmaskable[] = [], isOurs = false) {
  const found = read(text)
  if ('unreadable' in found) throw new Error(`${found.unreadable.reason} ${found.unreadable.message}`)
  const refused = found.statements.flatMap(({ refusals }) => refusals)
  if (refused.length > 0) throw new Error(`${text}: ${JSON.stringify(refused)}`)
  const { statements } = found
  const report = await reportOf(
    admin,
    statements.map((statement) => statement.text),
    tables,
  )
  return maskReport(report, { statements, schema, unmasked: new Set(unmasked), isOurs })
}
/** Of the last statement: which columns are masked, or what it failed with. */
async function columns(text: string, unmasked: Unmaskable[] = []) {
  const report = await masked(text, unmasked)
  if (report.failure) throw new Error(`${text}: ${report.failure.message}`)
  return report.statements.at(-1)?.columns.map((column) => column.masked)
}

describe('what a result shows', () => {
  test('columns of tables by what they hold, rows with nothing of it, and null as null', async () => {
    const report = await masked('SELECT * FROM clients WHERE id = 1')
    const [only] = report.statements
    expect(only?.rows).toEqual([['1', 'trial', '•••', '•••', '•••', '•••', null, '•••', '2026-01-05']])
    expect(only?.columns.map((column) => column.masked)).toEqual([
      null,
      null,
      ...Array.from({ length: 6 }, () => 'identity'),
      null,
    ])
  })

  test('what somebody may see for a while, and never what is secret', async () => {
    const sql =
      'SELECT m.bic, c.email, m.iban_sealed, m.bic || c.email FROM sepa_mandates m JOIN clients c ON c.id = m.client_id'
    expect(await columns(sql)).toEqual(['financial', 'identity', 'secret', 'financial'])
    expect(await columns(sql, ['identity'])).toEqual(['financial', null, 'secret', 'financial'])
    expect(await columns(sql, ['identity', 'financial'])).toEqual([null, null, 'secret', null])
    const report = await masked(sql, ['identity'])
    expect(report.statements[0]?.rows).toEqual([['•••', 'claire1@cabinet.fr', '•••', '•••']])
  })

  test.each([
    'SELECT c FROM clients c',
    'SELECT clients FROM clients',
    'SELECT row_to_json(c) FROM clients c',
    'SELECT (c.*)::text FROM clients c',
    'SELECT (c).to_jsonb FROM clients c',
    'SELECT c.row_to_json FROM clients c',
    'SELECT c.phone::bigint + 1 FROM clients c',
    "SELECT format('%s', email) FROM clients",
    "SELECT 'x' UNION SELECT email FROM clients",
    "SELECT x FROM (SELECT 'x' AS x UNION ALL SELECT email FROM clients) s",
    'SELECT status FROM clients UNION ALL SELECT email FROM clients',
    'WITH c (id) AS (SELECT upper(email) FROM clients) SELECT id FROM c',
    'WITH c (id) AS (SELECT email FROM clients) SELECT lower(id) FROM c',
    'SELECT lower(s.status) FROM (SELECT email FROM clients) AS s (status)',
    'SELECT lower(c.b) FROM clients AS c (a, z, b)',
    'SELECT lower(c.status) FROM clients AS c (a, b, status)',
    'SELECT c.ctid || 1 FROM clients AS c (a, b, ctid)',
    'SELECT id FROM tickets LIMIT (SELECT ascii(email) FROM clients LIMIT 1)',
    'SELECT lower(status) FROM (clients a CROSS JOIN plans p) AS j (id, x, status)',
    'SELECT lower(id::text) FROM (SELECT * FROM (clients a CROSS JOIN plans p) AS j (q, x, y, z, k, l, m, n, o, id, p, r, s)) s',
    "SELECT string_agg(last_name, ', ') FROM clients",
    'SELECT max(email) FROM clients',
    'SELECT sum(rpps) FROM clients',
    'SELECT (SELECT email FROM clients WHERE clients.id = t.client_id) FROM tickets t',
    'SELECT ARRAY(SELECT email FROM clients)',
    "SELECT CASE WHEN email LIKE 'a%' THEN 1 ELSE 2 END FROM clients",
    'SELECT lag(email) OVER (ORDER BY id) FROM clients',
    'SELECT first_value(id) OVER w FROM clients WINDOW w AS (ORDER BY email)',
    'SELECT x FROM clients, LATERAL (SELECT reverse(email) AS x) s',
    'SELECT x.a FROM clients, LATERAL (VALUES (email)) AS x (a)',
    "SELECT w FROM clients, regexp_split_to_table(email, '@') w",
    "SELECT w.w FROM clients, unnest(string_to_array(email, '@')) WITH ORDINALITY AS w (w, n)",
    'SELECT coalesce(email, last_name) FROM clients',
    'SELECT greatest(email, last_name) FROM clients',
    'SELECT json_build_object(1, email) FROM clients',
    'SELECT jsonb_agg(c) FROM clients c',
    'SELECT JSON_ARRAY(SELECT email FROM clients)',
    'SELECT JSON_OBJECT(1 VALUE email) FROM clients',
    'SELECT JSON_ARRAYAGG(email) FROM clients',
    "SELECT v FROM tickets, JSON_TABLE(clocks, '$' COLUMNS (v text PATH '$.why'))",
    "SELECT clocks ->> 'why' FROM tickets",
    'SELECT length(email) FROM clients',
    'SELECT ascii(email) FROM clients',
    "SELECT email LIKE 'a%' FROM clients",
    "SELECT EXISTS (SELECT FROM clients WHERE email LIKE 'a%')",
    "SELECT 'claire1@cabinet.fr' IN (SELECT email FROM clients)",
    "SELECT nullif(left(email, 1), 'a') IS NULL FROM clients",
    "SELECT b IS NULL FROM (SELECT nullif(left(email, 1), 'a') AS b FROM clients) s",
    'SELECT email FROM clients FULL JOIN (SELECT email FROM clients) s USING (email)',
    'SELECT email || 1 FROM clients NATURAL JOIN (SELECT email FROM clients) s',
    'SELECT count(*) FROM generate_series(1, (SELECT ascii(email) FROM clients LIMIT 1))',
    'SELECT count(*) FROM (SELECT FROM tickets LIMIT (SELECT ascii(email) FROM clients LIMIT 1)) s',
    'SELECT count(*) FROM clients, generate_series(1, 300) g WHERE g <= ascii(email)',
    'SELECT chr(g) FROM clients, generate_series(32, 126) g WHERE chr(g) = left(email, 1)',
    'SELECT g FROM (SELECT generate_series(32, 126) AS g) s JOIN clients ON chr(g) = left(email, 1)',
    "SELECT v.x FROM (VALUES ('a'), ('c')) AS v (x) JOIN clients ON x = left(email, 1)",
    "SELECT x FROM (SELECT 'a' AS x UNION SELECT 'c') v JOIN clients ON x = left(email, 1)",
    'WITH RECURSIVE n (i) AS (SELECT 32 UNION ALL SELECT i + 1 FROM n WHERE i < 126) SELECT n.i FROM n, clients WHERE i = ascii(email)',
    'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < (SELECT ascii(max(email)) FROM clients)) SELECT max(i) FROM n',
    'SELECT t.number FROM tickets t, clients c WHERE t.number = ascii(c.email)',
    'SELECT t.id FROM tickets t JOIN clients c ON starts_with(c.email, t.status || 1)',
    'SELECT t.id FROM tickets t WHERE number IN (SELECT ascii(email) FROM clients)',
    'SELECT t.id FROM tickets t WHERE EXISTS (SELECT FROM clients WHERE ascii(email) = number)',
    'SELECT t.id FROM tickets t, LATERAL (SELECT ascii(email) AS a FROM clients) s WHERE a = number',
    'SELECT t.id FROM tickets t JOIN (SELECT ascii(email) AS number FROM clients) s USING (number)',
    'SELECT t.id FROM tickets t NATURAL JOIN (SELECT ascii(email) AS number FROM clients) s',
    'SELECT t.id FROM tickets t, clients c WHERE c.rpps > t.number',
    'SELECT t.id FROM tickets t, clients c WHERE left(c.email, 1) = t.subject',
    'SELECT reason FROM audit_log',
    'SELECT invented FROM audit_log',
    'SELECT lower(invented) FROM audit_log',
    'UPDATE clients SET phone = email RETURNING phone',
    'UPDATE clients SET phone = email RETURNING old.phone || new.phone',
    'UPDATE clients SET phone = 1 RETURNING WITH (OLD AS was) was.phone || 1',
    "INSERT INTO clients (id, last_name, email) VALUES (1, 'x', 'y') ON CONFLICT (id) DO UPDATE SET phone = excluded.email RETURNING upper(clients.phone)",
    'DELETE FROM tickets USING clients c WHERE c.id = client_id RETURNING c.email || 1',
    'MERGE INTO clients c USING tickets t ON c.id = t.client_id WHEN MATCHED THEN UPDATE SET phone = t.subject RETURNING upper(c.phone)',
    'WITH x AS (UPDATE clients SET phone = 1 RETURNING email AS id) SELECT upper(id) FROM x',
    'WITH x AS (DELETE FROM invoices RETURNING *) SELECT upper(note) FROM x',
  ])('nothing classed comes out of %s', async (sql) => {
    const found = await columns(sql)
    expect(found?.every((column) => column !== null)).toBe(true)
    expect(found?.length).toBe(1)
  })

  test.each([
    'SELECT id, status, created_at FROM clients',
    'SELECT count(*) FROM clients',
    'SELECT count(DISTINCT email) FROM clients',
    "SELECT id FROM clients WHERE email = 'claire1@cabinet.fr'",
    'SELECT email IS NULL, last_name IS NOT NULL FROM clients',
    'SELECT ctid, xmin, tableoid FROM clients',
    'SELECT id, status FROM clients WHERE length(phone) < 10 OR phone NOT LIKE $$+33%$$',
    'SELECT t.id, c.id FROM tickets t JOIN clients c ON lower(c.email) = lower(t.subject)',
    'SELECT id FROM tickets WHERE client_id IN (SELECT id FROM clients WHERE email LIKE $$%@gmail.com$$)',
    'SELECT t.id FROM tickets t WHERE EXISTS (SELECT FROM clients c WHERE c.id = t.client_id AND c.email LIKE $$c%$$)',
    'SELECT t.id FROM tickets t WHERE subject = (SELECT email FROM clients WHERE id = 1) OR id = 1',
    'SELECT status, count(*), min(created_at), max(created_at) FROM clients GROUP BY status',
    'SELECT state, sum(total_incl_cents) / 100.0 AS euros FROM invoices GROUP BY 1 ORDER BY 2',
    "SELECT date_trunc('month', due_on), count(*) FROM invoices GROUP BY 1",
    'SELECT c.id, count(i.id), coalesce(sum(i.total_incl_cents), 0) FROM clients c LEFT JOIN invoices i ON i.client_id = c.id GROUP BY c.id',
    'SELECT c.id FROM clients c LEFT JOIN invoices i ON i.client_id = c.id WHERE i.id IS NULL',
    'SELECT id, (SELECT count(*) FROM tickets t WHERE t.client_id = c.id) AS tickets FROM clients c',
    'SELECT id, EXISTS (SELECT FROM sepa_mandates m WHERE m.client_id = c.id) AS has_mandate FROM clients c',
    'SELECT i.number, i.state, i.due_on, i.total_incl_cents FROM invoices i WHERE due_on < current_date ORDER BY due_on',
    'SELECT number, current_date - due_on AS days FROM invoices',
    'SELECT id, row_number() OVER (PARTITION BY lower(email) ORDER BY created_at) FROM clients',
    'SELECT id, sum(total_incl_cents) OVER (ORDER BY due_on, id) FROM invoices',
    'SELECT upper(key), name, monthly_cents * 12 FROM plans',
    "SELECT string_agg(p.name, ', ' ORDER BY p.key) FROM plans p",
    "SELECT CASE WHEN status = 'trial' THEN 'essai' ELSE status END, count(*) FROM clients GROUP BY 1",
    'WITH late AS (SELECT client_id, count(*) AS n FROM invoices WHERE due_on < now() GROUP BY 1) SELECT c.id, c.status, late.n FROM clients c JOIN late ON late.client_id = c.id',
    "SELECT 'clients' AS what, count(*) FROM clients UNION ALL SELECT 'tickets', count(*) FROM tickets",
    "SELECT d::date, count(c.id) FROM generate_series(date '2026-01-01', date '2026-01-08', interval '1 day') d LEFT JOIN clients c ON c.created_at = d GROUP BY 1",
    'SELECT t.number, t.status, now() - t.opened_at AS age FROM tickets t JOIN clients c ON c.id = t.client_id ORDER BY age',
    "SELECT relname, reltuples FROM pg_class WHERE relname LIKE 'c%'",
    "SELECT pg_size_pretty(pg_total_relation_size('clients'))",
    'SELECT table_name, count(*) FROM information_schema.columns GROUP BY 1',
    'SELECT version(), current_user, now()',
    "EXPLAIN SELECT * FROM clients WHERE email = 'x'",
    'SHOW statement_timeout',
    "UPDATE invoices SET state = 'paid' WHERE id = 1 RETURNING id, number, old.state || ' → ' || new.state",
    "UPDATE tickets SET client_id = (SELECT id FROM clients WHERE email = 'claire2@cabinet.fr') WHERE number = 101 RETURNING id, client_id",
    "INSERT INTO plans VALUES (3, 'trio', 'Trio', 6900) RETURNING *",
    'SELECT s.* FROM (SELECT c.id, count(i.id) AS n FROM clients c LEFT JOIN invoices i ON i.client_id = c.id GROUP BY c.id) s',
    'SELECT verb, count(*) FROM audit_log GROUP BY verb',
  ])('an administrator reads %s', async (sql) => {
    const found = await columns(sql)
    expect(found?.filter((column) => column !== null)).toEqual([])
    expect(found?.length).toBeGreaterThan(0)
  })
})

const letter = (place: number) => `substr(email, ${place}, 1)`
const bits = (place: number) =>
  Array.from(
    { length: 7 },
    (_, bit) => `${2 ** bit} * (count(*) FILTER (WHERE ascii(${letter(place)}) & ${2 ** bit} > 0))::int`,
  ).join(' + ')
const each = (count: number, one: (place: number) => string, between: string) =>
  Array.from({ length: count }, (_, place) => one(place + 1)).join(between)

describe('nothing is spelled', () => {
  test.each([
    `SELECT id, ${each(4, (place) => `chr(${bits(place)})`, ' || ')} AS shown FROM clients GROUP BY id`,
    `SELECT id, ${each(12, (place) => `coalesce((SELECT ${place} WHERE c.email LIKE 'a' || ${place}), 0)`, ' + ')} AS n FROM clients c`,
    `SELECT c.id, ${each(12, (place) => `x${place}.l`, ', ')} FROM clients c ${each(12, (place) => `LEFT JOIN (SELECT 'd' AS l) x${place} ON ${letter(place)} = 'd'`, ' ')}`,
    `SELECT c.id, ${each(12, (place) => `x${place}.l`, ', ')} FROM clients c ${each(12, (place) => `LEFT JOIN LATERAL (SELECT 'yes' AS l WHERE c.email > 'e${place}') x${place} ON true`, ' ')}`,
    `SELECT id FROM clients c WHERE EXISTS (SELECT ${letter(1)} INTERSECT SELECT 'd')`,
    `SELECT id, (SELECT count(*) FROM (SELECT ${letter(1)} UNION SELECT 'd') s) AS n FROM clients`,
    `SELECT count(DISTINCT v) FROM (SELECT ${letter(1)} AS v FROM clients UNION ALL SELECT 'd') s`,
    `SELECT what, rank() OVER (ORDER BY k) FROM (SELECT ascii(email) AS k, id::text AS what FROM clients UNION ALL SELECT 100, 'd') s`,
    `SELECT max(what) FROM (SELECT ascii(email) AS k, NULL AS what FROM clients UNION ALL SELECT 100, 'd') s GROUP BY k`,
    `SELECT what FROM (SELECT ascii(email) AS k, id::text AS what FROM clients UNION ALL SELECT 100, 'd') s ORDER BY k`,
    `SELECT what FROM (SELECT email AS k, id::text AS what FROM clients UNION ALL SELECT 'd', 'd') s ORDER BY k`,
    `SELECT ascii(email) AS k, id::text AS what FROM clients UNION ALL SELECT 100, 'd' ORDER BY 1`,
    `SELECT array_agg(id) FROM clients GROUP BY ${letter(1)}`,
    `SELECT DISTINCT ON (c.id) p.oid FROM clients c, pg_class p ORDER BY c.id, abs(p.oid::int - 2600 - ascii(email))`,
    `SELECT id, (SELECT v FROM (SELECT 'd' AS v, 100 AS k UNION ALL SELECT 'e', 101) z ORDER BY abs(k - ascii(email)) LIMIT 1) AS v FROM clients`,
    `SELECT s.i FROM clients c, LATERAL (SELECT p.id AS i, substr(c.email, p.id, 1) AS l FROM plans p) s WHERE s.l = 'd'`,
    `SELECT s.i, s.id FROM (SELECT 1 AS i, ${letter(1)} AS l, id FROM clients UNION ALL SELECT 2, ${letter(2)}, id FROM clients) s WHERE s.l = 'd'`,
    `SELECT p.id FROM clients c, LATERAL (VALUES (1, ${letter(1)}), (2, ${letter(2)})) v (i, l) JOIN plans p ON p.id = v.i WHERE v.l = 'd'`,
    `SELECT p.id FROM plans p, clients c WHERE ${each(12, (place) => `(p.id = ${place} AND ${letter(place)} = 'd')`, ' OR ')}`,
    `SELECT p.id FROM plans p WHERE ${each(12, (place) => `p.id <> ALL (SELECT ${place} FROM clients WHERE ${letter(place)} = 'd')`, ' AND ')}`,
    each(12, (place) => `SELECT id FROM clients WHERE ${letter(place)} = 'd'`, ' UNION ALL '),
    each(12, (place) => `SELECT id FROM clients WHERE ${letter(place)} = 'd'`, '; '),
    `SELECT id, count(nullif(${letter(1)}, 'd')) FROM clients GROUP BY id`.replace('id, ', ''),
    `MERGE INTO plans p USING clients c ON p.id = c.id ${each(12, (place) => `WHEN MATCHED AND ${letter(place)} = 'd' THEN UPDATE SET name = '${place}'`, ' ')} RETURNING p.name`,
  ])('by %s', async (sql) => {
    const report = await masked(sql)
    expect(report.failure).toBeUndefined()
    for (const { columns: all, tells } of report.statements) {
      expect(all.map((column) => column.masked)).toEqual(all.map(() => expect.any(String)))
      // Of a count of parts the column alone.
      if (all.length > 1) expect(tells).toBe('identity')
    }
  })

  test('nor kept where others stand', async () => {
    const shown = each(4, (place) => `chr(${bits(place)})`, ' || ')
    const report = await masked(
      `INSERT INTO plans (id, name) SELECT 10 + id, ${shown} FROM clients GROUP BY id`,
    )
    expect(report.spreads).toBe('identity')
    expect(report.statements[0]?.changes[0]?.after).toMatchObject({ name: '•••' })
  })

  test('by how many rows there are', async () => {
    const made = `generate_series(1, (SELECT ascii(email) FROM clients LIMIT 1))`
    expect((await masked(`SELECT FROM ${made}`)).statements[0]).toMatchObject({ rowCount: null, rows: [] })
    const report = await masked(`INSERT INTO plans (id) SELECT 10 + g FROM ${made} g`)
    expect(report).toMatchObject({ failure: { code: 'counts_masked', statement: 0 }, statements: [] })
  })

  test('by which columns are changed of a row that is masked whole', async () => {
    const bit = (place: number) => `CASE WHEN ${letter(place)} = 'c' THEN 'x' ELSE name END`
    const report = await masked(
      `UPDATE plans SET name = (SELECT ${bit(1)} FROM clients LIMIT 1) RETURNING id`,
    )
    expect(report.spreads).toBe('identity')
    expect(report.statements[0]?.changes[0]?.changed).toEqual([])
  })

  test('by what could not be read', async () => {
    const report = await masked(
      "SELECT ('int ' || left(email, 2) || ' ,')::regtype FROM clients /* ab cl cm */ WHERE id = 1",
    )
    expect(report.failure?.message).not.toContain('cl')
  })
})

describe('what changed', () => {
  test('is told of masked columns too, without what', async () => {
    const report = await masked("UPDATE clients SET email = 'a@b.fr', status = 'active' WHERE id = 1")
    expect(report.statements[0]?.changes).toEqual([
      {
        table: 'clients',
        before: expect.objectContaining({ id: 1, status: 'trial', email: '•••', internal_note: null }),
        after: expect.objectContaining({ id: 1, status: 'active', email: '•••', internal_note: null }),
        changed: ['email', 'status'],
        masked: expect.objectContaining({ email: 'identity', last_name: 'identity' }),
      },
    ])
  })

  test('a classed value that is written elsewhere is not seen there, nor anywhere else in the text', async () => {
    const report = await masked(
      'UPDATE plans SET name = (SELECT email FROM clients LIMIT 1); SELECT key, name FROM plans',
    )
    expect(report.spreads).toBe('identity')
    expect(report.statements[1]?.rows).toEqual([
      ['•••', '•••'],
      ['•••', '•••'],
    ])
    expect(JSON.stringify(report)).not.toContain('cabinet.fr')
  })

  test('a way back shows what anybody may see of the rows that it puts as they were', async () => {
    const text =
      "UPDATE clients SET status = 'active' WHERE id = 1 AND email || '' = ANY (ARRAY['claire1@cabinet.fr'] || last_name)"
    expect((await masked(text)).spreads).toBe('identity')
    const report = await masked(text, [], true)
    expect(report.spreads).toBeNull()
    expect(report.statements[0]?.changes[0]).toMatchObject({
      before: { id: 1, status: 'trial', email: '•••' },
      after: { id: 1, status: 'active', last_name: '•••' },
      changed: ['status'],
    })
  })

  test.each([
    'WITH x AS (SELECT email FROM clients) INSERT INTO plans (id, name) SELECT 9, max(email) FROM x',
    'MERGE INTO plans p USING clients c ON p.id = c.id WHEN MATCHED THEN UPDATE SET name = c.email',
    'MERGE INTO plans p USING clients c ON p.id = c.id + 10 WHEN NOT MATCHED THEN INSERT (id, name) VALUES (c.id + 10, c.email)',
    "INSERT INTO plans VALUES (1, 'a', 'b') ON CONFLICT (id) DO UPDATE SET name = (SELECT max(email) FROM clients)",
    "UPDATE plans SET (key, name) = (SELECT 'k', email FROM clients LIMIT 1)",
    'ALTER TABLE clients RENAME email TO x; ALTER TABLE clients RENAME status TO email; ALTER TABLE clients RENAME x TO status; SELECT lower(status) FROM clients',
    'ALTER TABLE plans ALTER name TYPE text USING name; CREATE TABLE copies AS SELECT email AS id FROM clients; SELECT id, lower(id) FROM copies',
    'ALTER TABLE plans RENAME TO p; ALTER TABLE clients RENAME TO plans; UPDATE plans SET status = 1; SELECT upper(last_name) FROM plans',
    'UPDATE tickets SET status = 1 FROM clients c WHERE ascii(c.email) = number - 2',
    'CREATE VIEW v AS SELECT email AS id FROM clients; SELECT id, upper(id) FROM v',
  ])('nor by %s', async (sql) => {
    const report = await masked(sql)
    expect(report.failure).toBeUndefined()
    expect(JSON.stringify(report).replaceAll(JSON.stringify(sql), '')).not.toMatch(/cabinet|moreau/i)
  })

  test('which rows are changed is not told where they are held against a part of it', async () => {
    const report = await masked(
      'UPDATE tickets SET status = 1 FROM clients c WHERE ascii(c.email) = number - 2',
    )
    expect(report.statements[0]?.changes[0]?.before).toMatchObject({ id: '•••', number: '•••' })
    expect(report.spreads).toBe('identity')
  })

  test('null put there on purpose says nothing', async () => {
    const sql =
      "UPDATE clients SET phone = nullif(left(email, 1), 'c'); SELECT phone IS NULL, count(phone), count(*) FROM clients GROUP BY 1"
    const report = await masked(sql)
    expect(report.statements[1]?.rows).toEqual([['•••', '•••', '•••']])
  })

  test('null says nothing where it was worked out', async () => {
    const report = await masked(
      "UPDATE clients SET phone = nullif(left(email, 1), 'c') RETURNING phone, nullif(email, 'x')",
    )
    expect(report.statements[0]?.rows[0]).toEqual(['•••', '•••'])
    expect(report.statements[0]?.changes[0]?.after).toMatchObject({ phone: '•••' })
  })
})

test('a text that nobody follows is masked whole, and soon', async () => {
  const deep = (depth: number): string =>
    depth === 0 ? 'SELECT id FROM clients' : `SELECT id FROM clients WHERE EXISTS (${deep(depth - 1)})`
  expect(await columns(deep(40))).toEqual([null])
  const wide = Array.from({ length: 150 }, () => 'SELECT id, upper(status) AS a FROM plans, clients').join(
    ' UNION ALL ',
  )
  expect(await columns(wide.replaceAll('id', 'clients.id'))).toEqual(['unclassed', 'unclassed'])
})

describe('a failure', () => {
  test.each([
    [
      "UPDATE clients SET email = 'claire2@cabinet.fr' WHERE id = 1",
      'duplicate key value violates unique constraint "clients_email_key"',
      'Key (email)=(•••) already exists.',
    ],
    [
      'UPDATE clients SET email = (SELECT max(email) FROM clients) WHERE id = 1',
      'duplicate key value violates unique constraint "clients_email_key"',
      'Key (email)=(•••) already exists.',
    ],
    ['SELECT last_name::int FROM clients', 'invalid input syntax for type integer: "•••"', undefined],
    ["SELECT 'Martin'::int", 'invalid input syntax for type integer: "Martin"', undefined],
    [
      "SELECT ('clients\" ' || last_name || ' \"plans')::int FROM clients",
      'invalid input syntax for type integer: "•••"',
      undefined,
    ],
    [
      'UPDATE clients SET rpps = 1 WHERE id = 1',
      'new row for relation "clients" violates check constraint "clients_rpps_check"',
      'Failing row contains (•••).',
    ],
    [
      'UPDATE clients SET last_name = NULL',
      'null value in column "last_name" of relation "clients" violates not-null constraint',
      'Failing row contains (•••).',
    ],
    [
      'UPDATE invoices SET client_id = 77',
      'insert or update on table "invoices" violates foreign key constraint "invoices_client_id_fkey"',
      'Key (client_id)=(•••) is not present in table "clients".',
    ],
    ['SELECT nowhere FROM clients', 'column "nowhere" does not exist', undefined],
    ['SELECT email::regclass FROM clients', 'schema "•••" does not exist', undefined],
    ['SELECT lower(1)', 'function lower(integer) does not exist', undefined],
    [
      'SELECT chr(2000000 + ascii(email)) FROM clients',
      'requested character too large for encoding: •••',
      undefined,
    ],
    ['SELECT make_date(ascii(email), 0, 0) FROM clients', 'date field value out of range: •••', undefined],
    [
      'SELECT to_json(email)::text::jsonb, email::jsonb FROM clients',
      'invalid input syntax for type json',
      'Token "•••" is invalid.',
    ],
    [
      "SELECT convert_from(decode(md5(email), 'hex'), 'UTF8') FROM clients",
      /^invalid byte sequence for encoding "UTF8": •••$/,
      undefined,
    ],
    ['SELECT 1 / 0', 'division by zero', undefined],
    [
      'TRUNCATE clients',
      'cannot truncate a table referenced in a foreign key constraint',
      'Table "invoices" references "clients".',
    ],
    [
      'DROP TABLE clients',
      'cannot drop table clients because other objects depend on it',
      expect.stringContaining(
        'constraint invoices_client_id_fkey on table invoices depends on table clients',
      ),
    ],
    [
      'SELECT date_part(email, now()) FROM clients',
      'unit "•••" not recognized for type timestamp with time zone',
      undefined,
    ],
  ])('%s', async (sql, message, detail) => {
    const { failure } = await masked(sql)
    expect(failure?.message).toEqual(typeof message === 'string' ? message : expect.stringMatching(message))
    expect(failure?.detail).toEqual(detail)
  })
})

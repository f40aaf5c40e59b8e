import { describe, expect, test } from 'vitest'
import { read, type Statement } from './reading.ts'

/** Each refusal as its reason and the words it points at. */
function refusals(text: string): string[] {
  const found = read(text)
  if ('unreadable' in found) return [found.unreadable.reason]
  return found.statements.flatMap((statement) =>
    statement.refusals.map(({ reason, place }) => `${reason}: ${text.slice(place.from, place.to)}`),
  )
}

const only = (text: string): Statement => {
  const found = read(text)
  if ('unreadable' in found || found.statements.length !== 1) throw new Error(`not one statement: ${text}`)
  return found.statements[0]! // there is one
}

describe('what may be simulated', () => {
  test.each([
    ['SELECT 1', 'reads'],
    ['VALUES (1), (2)', 'reads'],
    ['TABLE clients', 'reads'],
    [
      'SELECT lower(last_name), count(*) FILTER (WHERE status = $1) OVER w FROM clients WINDOW w AS (PARTITION BY city)',
      'reads',
    ],
    [
      'WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT * FROM n',
      'reads',
    ],
    ["SELECT x FROM json_table('[1]'::jsonb, '$[*]' COLUMNS (x int PATH '$'))", 'reads'],
    ['SELECT relname FROM pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace', 'reads'],
    ['SELECT column_name FROM information_schema.columns', 'reads'],
    ['SELECT * FROM clients TABLESAMPLE bernoulli (1)', 'reads'],
    ['SHOW timezone', 'reads'],
    ['EXPLAIN (FORMAT json, VERBOSE) DELETE FROM clients', 'reads'],
    ['SELECT * FROM clients FOR UPDATE SKIP LOCKED', 'writes'],
    [
      "INSERT INTO plans (name) VALUES ('é') ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING old.*, new.*",
      'writes',
    ],
    ['UPDATE public.clients c SET city = upper(c.city) FROM plans WHERE c.plan_id = plans.id', 'writes'],
    ['DELETE FROM clients USING plans WHERE plans.id = clients.plan_id', 'writes'],
    [
      'MERGE INTO clients c USING plans p ON true WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN DO NOTHING',
      'writes',
    ],
    ['WITH gone AS (DELETE FROM clients RETURNING id) SELECT count(*) FROM gone', 'writes'],
    ['DROP TABLE clients CASCADE', 'changes_schema'],
    ['TRUNCATE clients, plans RESTART IDENTITY CASCADE', 'changes_schema'],
    [
      'ALTER TABLE clients ADD COLUMN nickname text NOT NULL DEFAULT now()::text, DROP COLUMN city',
      'changes_schema',
    ],
    [
      'CREATE TABLE extra (id uuid PRIMARY KEY DEFAULT uuidv7(), client_id uuid REFERENCES clients) WITH (fillfactor = 70)',
      'changes_schema',
    ],
    ['CREATE UNIQUE INDEX ON clients USING btree (lower(email)) WHERE city IS NOT NULL', 'changes_schema'],
    ['CREATE VIEW known AS SELECT id FROM clients', 'changes_schema'],
    ['CREATE TABLE copy AS SELECT * FROM clients', 'changes_schema'],
    ["COMMENT ON COLUMN clients.city IS 'where'", 'changes_schema'],
    ['ALTER TABLE clients RENAME COLUMN city TO town', 'changes_schema'],
    ["CREATE TYPE mood AS ENUM ('well')", 'changes_schema'],
    ['ALTER TABLE clients RENAME TO people', 'changes_schema'],
    ['ALTER TABLE clients RENAME CONSTRAINT a TO b', 'changes_schema'],
    ['ALTER INDEX a RENAME TO b', 'changes_schema'],
    ['ALTER TABLE clients ALTER CONSTRAINT a DEFERRABLE', 'changes_schema'],
    [
      'MERGE INTO clients c USING plans p ON true WHEN MATCHED THEN DELETE RETURNING merge_action()',
      'writes',
    ],
    [
      "SELECT replace(city, 'a', name), position('b' in city), split_part(city, ',', 1) FROM clients",
      'reads',
    ],
    ['SELECT c.city, public.c.id, (c).*, (now()).date FROM clients c', 'reads'],
    [
      "SELECT trim(city), translate(city, 'àé', 'ae'), array_to_string(ARRAY[city], ', ') FROM clients WHERE city LIKE '%' || lower($1) || '%'",
      'reads',
    ],
    [
      "SELECT 1 FROM clients WHERE tags && ARRAY['a', 'b'] AND j @> '{\"a\": 1}' AND city ILIKE ANY (ARRAY['a%', $1]) AND d <@ daterange(a, b)",
      'reads',
    ],
    ["UPDATE clients SET city = 'x' WHERE words @@ websearch_to_tsquery('french', $1)", 'writes'],
  ])('%s', (text, does) => {
    expect(refusals(text)).toEqual([])
    expect(only(text).does).toBe(does)
  })
})

describe('each escape is refused where it stands', () => {
  test.each([
    ['COMMIT', 'transaction: COMMIT'],
    ['commit and chain', 'transaction: commit and chain'],
    ["PREPARE TRANSACTION 'x'", "transaction: PREPARE TRANSACTION 'x'"],
    ['SAVEPOINT a', 'transaction: SAVEPOINT a'],
    ['ROLLBACK', 'transaction: ROLLBACK'],
    ['SET statement_timeout = 0', 'session_setting: SET statement_timeout = 0'],
    ['SET LOCAL ROLE postgres', 'session_setting: SET LOCAL ROLE postgres'],
    ['RESET ROLE', 'session_setting: RESET ROLE'],
    ['SET TRANSACTION READ WRITE', 'session_setting: SET TRANSACTION READ WRITE'],
    ['SET CONSTRAINTS ALL DEFERRED', 'session_setting: SET CONSTRAINTS ALL DEFERRED'],
    ["ALTER SYSTEM SET fsync = 'off'", "session_setting: ALTER SYSTEM SET fsync = 'off'"],
    ['DISCARD ALL', 'session_setting: DISCARD ALL'],
    ["COPY clients TO PROGRAM 'id'", "copy: COPY clients TO PROGRAM 'id'"],
    ["COPY (SELECT 1) TO '/tmp/x'", "copy: COPY (SELECT 1) TO '/tmp/x'"],
    ['COPY clients FROM STDIN', 'copy: COPY clients FROM STDIN'],
    ['DO $$ BEGIN COMMIT; END $$', 'code: DO $$ BEGIN COMMIT; END $$'],
    ['CALL leave()', 'code: CALL leave()'],
    [
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
      "code: CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    ],
    ['PREPARE p AS SELECT 1', 'prepared: PREPARE p AS SELECT 1'],
    ['EXECUTE p', 'prepared: EXECUTE p'],
    ['DECLARE c CURSOR WITH HOLD FOR SELECT 1', 'cursor: DECLARE c CURSOR WITH HOLD FOR SELECT 1'],
    ['LISTEN x', 'notification: LISTEN x'],
    ["NOTIFY x, 'y'", "notification: NOTIFY x, 'y'"],
    ['LOCK TABLE clients', 'lock: LOCK TABLE clients'],
    ["LOAD 'x'", "maintenance: LOAD 'x'"],
    ['VACUUM', 'maintenance: VACUUM'],
    ['CHECKPOINT', 'maintenance: CHECKPOINT'],
    ['CREATE ROLE r SUPERUSER', 'rights: CREATE ROLE r SUPERUSER'],
    ['GRANT ALL ON clients TO PUBLIC', 'rights: GRANT ALL ON clients TO PUBLIC'],
    ['DROP DATABASE other', 'database: DROP DATABASE other'],
    [
      "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p",
      "network: CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p",
    ],
    ['CREATE EXTENSION dblink', 'extension: CREATE EXTENSION dblink'],
    ['SELECT 1 INTO t', 'select_into: SELECT'],
    ['EXPLAIN ANALYZE DELETE FROM clients', 'explain_runs: ANALYZE'],
    ['EXPLAIN (ANALYZE false) SELECT 1', 'explain_runs: ANALYZE'],
    ['DELETE FROM clients WHERE CURRENT OF c', 'cursor: '],
    ['SELECT * FROM other.public.clients', 'other_database: other.public.clients'],
    ['SELECT * FROM pg_authid', 'catalogue: pg_authid'],
    ['SELECT * FROM pg_catalog.pg_stat_activity', 'catalogue: pg_catalog.pg_stat_activity'],
    ['SELECT * FROM pg_stats', 'catalogue: pg_stats'],
    ['UPDATE pg_class SET relname = relname', 'catalogue_write: pg_class'],
    ['SELECT * FROM pgboss.job', 'schema: pgboss.job'],
    ['DELETE FROM schema_migrations', 'kept_table: schema_migrations'],
    ["SELECT pg_read_file('/etc/passwd')", 'file: pg_read_file'],
    ['SELECT lo_export(1, $$/tmp/x$$)', 'file: lo_export'],
    ['SELECT pg_catalog.pg_terminate_backend(1)', 'other_sessions: pg_catalog.pg_terminate_backend'],
    ['SELECT pg_advisory_lock(1)', 'advisory_lock: pg_advisory_lock'],
    ["SELECT set_config('statement_timeout', '0', false)", 'session_setting: set_config'],
    ["SELECT setval('s', 500)", 'sequence: setval'],
    ["SELECT nextval('s')", 'sequence: nextval'],
    ['SELECT pg_sleep(10)', 'waiting: pg_sleep'],
    ["SELECT pg_notify('x', 'y')", 'notification: pg_notify'],
    ["SELECT * FROM dblink('host=x', 'COMMIT') AS t (a int)", 'network: dblink'],
    ["SELECT query_to_xml('DELETE FROM clients', true, true, '')", 'runs_text: query_to_xml'],
    ["SELECT pg_logical_emit_message(false, 'a', 'b')", 'server: pg_logical_emit_message'],
    ['SELECT pg_switch_wal()', 'server: pg_switch_wal'],
    ['SELECT of_ours()', 'function: of_ours'],
    ["SELECT position('b' || repeat('a', 20000) in repeat('a', 4000000))", 'uninterruptible: position'],
    ['SELECT replace(name, city, $1) FROM clients', 'uninterruptible: replace'],
    ["SELECT length(translate(repeat('a', 100000), repeat('b', 20000), ''))", 'uninterruptible: translate'],
    ["SELECT btrim(repeat('a', 100000), repeat('b', 20000))", 'uninterruptible: btrim'],
    ["SELECT trim(both name from repeat('a', 100000)) FROM clients", 'uninterruptible: trim'],
    ["SELECT name LIKE '%a'::char(1000000) FROM clients", 'uninterruptible: LIKE'],
    ["SELECT normalize(repeat(U&'\\0301\\0316', 30000), NFD)", 'uninterruptible: normalize'],
    ["SELECT repeat('a', 60000) LIKE '%' || repeat('a', 30000) || 'b%'", 'uninterruptible: LIKE'],
    ['SELECT 1 FROM clients a, clients b WHERE a.name NOT ILIKE b.name', 'uninterruptible: NOT'],
    ['SELECT name LIKE ANY (SELECT city FROM clients) FROM clients', 'uninterruptible: LIKE'],
    [
      'SELECT a OPERATOR(pg_catalog.&&) b FROM (SELECT ARRAY(SELECT 1) a, ARRAY(SELECT 2) b) x',
      'uninterruptible: OPERATOR',
    ],
    ['SELECT a.p <-> b.p FROM paths a, paths b', 'uninterruptible: <->'],
    ['SELECT j @> k FROM (SELECT jsonb_agg(1) j, jsonb_agg(2) k) x', 'uninterruptible: @>'],
    ["SELECT to_tsvector('simple', name) @@ plainto_tsquery(name) FROM clients", 'uninterruptible: @@'],
    ["SELECT xpath('//a', '<a/>')", 'function: xpath'],
    ["SELECT '<a/>'::xml", 'expression: xml'],
    ["SELECT xmlparse(document '<a/>')", 'expression: xmlparse'],
    ["SELECT * FROM xmltable('/a' PASSING '<a/>' COLUMNS x int)", 'expression: '],
    ['SELECT evil.lower(city) FROM clients', 'function: evil.lower'],
    ['SELECT 1 OPERATOR(evil.+) 2', 'operator: OPERATOR'],
    ['CREATE TEMP TABLE t (a int)', 'temporary: t'],
    ['CREATE INDEX CONCURRENTLY i ON clients (city)', 'concurrently: CREATE'],
    ['CREATE TABLE t (a int) TABLESPACE other', 'tablespace: CREATE'],
    ['ALTER TABLE clients OWNER TO me', 'rights: ALTER'],
    ['ALTER TABLE clients DISABLE TRIGGER ALL', 'rights: ALTER'],
    ['ALTER TABLE clients DISABLE ROW LEVEL SECURITY', 'rights: ALTER'],
    ['DROP FUNCTION f()', 'statement: DROP'],
    ['DROP TABLE schema_migrations', 'kept_table: DROP'],
    ['DROP TABLE pg_catalog.pg_class', 'catalogue_write: DROP'],
    ["CREATE TABLE t (a text DEFAULT pg_read_file('x'))", 'file: pg_read_file'],
    ["CREATE VIEW v AS SELECT pg_read_file('x')", 'file: pg_read_file'],
    ["SELECT ('/etc/passwd'::text).pg_read_file", 'file: '],
    ["SELECT ('.'::text).pg_ls_dir", 'file: '],
    ['SELECT (5).pg_sleep', 'waiting: '],
    ['SELECT f.pg_sleep FROM generate_series(1, 1) f', 'waiting: f.pg_sleep'],
    ["SELECT ('s'::regclass).nextval", 'sequence: '],
    ['SELECT ((NULL::int).pg_stat_get_activity).query', 'function: '],
    ["SELECT ('SELECT 1'::text).ts_stat", 'runs_text: '],
    ['SELECT (1).of_ours', 'function: '],
    ['SHOW ALL', 'session_setting: SHOW ALL'],
    ['DROP TABLE console_pill', 'kept_table: DROP'],
    ['CREATE TABLE schema_migrations AS SELECT 1', 'kept_table: schema_migrations'],
    ['ALTER TYPE other.x RENAME TO y', 'schema: ALTER'],
  ])('%s', (text, refusal) => {
    const [first = ''] = refusals(text)
    expect(first.startsWith(refusal), `${first} is not ${refusal}`).toBe(true)
  })

  test.each([
    ['in a common table expression', (call: string) => `WITH a AS (SELECT ${call} AS x) SELECT x FROM a`],
    [
      'in a common table expression that writes',
      (call: string) => `WITH a AS (INSERT INTO t SELECT ${call} RETURNING *) SELECT 1`,
    ],
    ['in a subquery', (call: string) => `SELECT (SELECT max(x) FROM (SELECT ${call} AS x) AS s)`],
    ['in FROM', (call: string) => `SELECT * FROM ${call}`],
    ['in ROWS FROM', (call: string) => `SELECT * FROM ROWS FROM (generate_series(1, 2), ${call}) AS r`],
    ['in a condition', (call: string) => `UPDATE t SET a = 1 WHERE EXISTS (SELECT 1 WHERE ${call} IS NULL)`],
    ['as what is set', (call: string) => `UPDATE t SET (a, b) = (SELECT 1, ${call})`],
    ['on conflict', (call: string) => `INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET a = ${call}`],
    ['in RETURNING', (call: string) => `DELETE FROM t RETURNING ${call}`],
    [
      'in MERGE',
      (call: string) => `MERGE INTO t USING u ON true WHEN MATCHED AND ${call} IS NULL THEN DELETE`,
    ],
    ['as an argument', (call: string) => `SELECT lower(coalesce(${call}::text, 'a'))`],
    ['in an array, a row and a case', (call: string) => `SELECT ARRAY[ROW(CASE WHEN true THEN ${call} END)]`],
    ['in ORDER BY, LIMIT', (call: string) => `SELECT 1 ORDER BY 1 LIMIT (${call})::text::int`],
    ['in a window', (call: string) => `SELECT sum(1) OVER (PARTITION BY ${call}) FROM t`],
    ['in a filter', (call: string) => `SELECT count(*) FILTER (WHERE ${call} IS NULL) FROM t`],
    ['in JSON', (call: string) => `SELECT JSON_OBJECT('a': ${call})`],
    ['in XML', (call: string) => `SELECT xmlelement(name a, ${call})`],
    ['in EXPLAIN', (call: string) => `EXPLAIN SELECT ${call}`],
    ['after a comment', (call: string) => `/* it's /* fine */ */ SELECT -- ${'x'.repeat(50)}\n ${call}`],
    ['as the second statement', (call: string) => `SELECT 1; SELECT ${call};`],
    ['behind a megabyte', (call: string) => `SELECT '${'é'.repeat(450_000)}', ${call}`],
    ['in an index', (call: string) => `CREATE INDEX ON t ((${call}))`],
    ['in a check', (call: string) => `ALTER TABLE t ADD CHECK (${call} IS NULL)`],
    ['in a change of type', (call: string) => `ALTER TABLE t ALTER a TYPE text USING ${call}`],
  ])('%s', (_where, within) => {
    for (const call of [
      "pg_read_file('x')",
      'pg_catalog . "pg_read_file"($$x$$)',
      String.raw`U&"pg\005fread\005ffile"(E'\x78')`,
    ]) {
      const text = within(call)
      const name = call.slice(0, call.indexOf('('))
      expect(refusals(text)).toContain(`file: ${name}`)
    }
  })

  test('a statement of several parts is refused for each of them, in the order of the text', () => {
    expect(refusals('SELECT pg_sleep(1), * FROM pg_authid; COMMIT')).toEqual([
      'waiting: pg_sleep',
      'catalogue: pg_authid',
      'transaction: COMMIT',
    ])
  })
})

describe('what cannot be read', () => {
  test.each([
    ['', 'empty'],
    [' -- nothing\n', 'empty'],
    [';;', 'empty'],
    ['SELEC 1', 'syntax'],
    ["SELECT 'open", 'syntax'],
    [`SELECT ${'('.repeat(60_000)}1${')'.repeat(60_000)}`, 'too_deep'],
    [`SELECT ${'1+'.repeat(200_000)}1`, 'too_deep'],
    [`SELECT ${'1+'.repeat(2_000)}1`, 'too_deep'],
    [`SELECT ${'abs('.repeat(2_000)}1${')'.repeat(2_000)}`, 'too_deep'],
    [`SELECT '${'x'.repeat(1_000_000)}'`, 'too_long'],
    ['SELECT 1;'.repeat(501), 'too_many_statements'],
    ['SELECT 1\0; COMMIT', 'unreadable'],
    ['SELECT \uD800', 'unreadable'],
  ])('%#: %.20s', (text, reason) => {
    expect(refusals(text)).toEqual([reason])
    // What cannot be read leaves the parser as it was.
    expect(refusals('SELECT 1')).toEqual([])
  })

  test('a mistake is found where it stands, whatever letters come before it', () => {
    const text = "SELECT 'été 😀', 2; SELECT 1 FORM clients"
    const found = read(text)
    expect('unreadable' in found && text.slice(found.unreadable.place.from)).toBe('clients')
  })
})

test('what is run is what was judged: other blanks than PostgreSQL knows are letters of a name', () => {
  const [text] = ['DELETE FROM schema_migrations\u00A0', 'DROP TABLE a\u2003']
  expect(only(text!)).toMatchObject({ text, names: ['schema_migrations\u00A0'] })
  expect(only('DROP TABLE a\u2003 \n').text).toBe('DROP TABLE a\u2003')
})

test('a script is split where PostgreSQL splits it', () => {
  const found = read("SELECT ';' /* ; */ ; -- ; \n UPDATE é SET a = $tag$;$tag$ WHERE b = $2 ;; SELECT 2")
  expect('statements' in found && found.statements.map(({ text, parameters }) => [text, parameters])).toEqual(
    [
      ["SELECT ';' /* ; */", 0],
      ['UPDATE é SET a = $tag$;$tag$ WHERE b = $2', 2],
      ['SELECT 2', 0],
    ],
  )
})

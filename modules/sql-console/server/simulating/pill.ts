/**
 * A transaction that cannot be committed: a row in `console_pill` sets off, at COMMIT, a trigger that refuses it. So it is the
 * server that holds to it, whatever the text says and by whichever protocol.
 */
import type { ClientBase } from 'pg'

/** Run by whoever owns the schema. */
export const pillSchema = `
CREATE TABLE console_pill ();
CREATE FUNCTION console_pill_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a simulation is never committed' USING ERRCODE = 'MGP01';
END $$;
CREATE CONSTRAINT TRIGGER console_pill_refuses AFTER INSERT ON console_pill
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION console_pill_refuses();
`

/** That it would refuse: it is a table, its trigger waits for COMMIT, is awake, and does nothing but refuse. */
const guarded = `
SELECT EXISTS (
  SELECT FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
  WHERE c.oid = to_regclass('public.console_pill') AND c.relkind = 'r' AND NOT c.relrowsecurity
    AND t.tgconstraint <> 0 AND t.tginitdeferred AND t.tgtype = 5 AND t.tgqual IS NULL
    AND (t.tgenabled = 'A' OR t.tgenabled = 'O' AND current_setting('session_replication_role') <> 'replica')
    AND p.prosrc ~ '^\\s*BEGIN\\s+RAISE EXCEPTION [^;]+;\\s*END\\s*;?\\s*$'
    AND NOT EXISTS (SELECT FROM pg_rewrite r WHERE r.ev_class = c.oid)
    AND (SELECT count(*) = 1 FROM pg_trigger o WHERE o.tgrelid = c.oid)
) AS guarded`

/** On a fresh connection nothing else of ours was looked at yet: what it says first comes from these. */
const lookedAt = `
SELECT coalesce(sum(pg_stat_get_xact_blocks_fetched(oid)), 0)::float8 AS fetched,
  coalesce(sum(pg_stat_get_xact_blocks_hit(oid)), 0)::float8 AS hit
FROM pg_class WHERE relname IN ('schema_migrations', 'practice') AND oid >= 16384`

export class Unguarded extends Error {
  constructor() {
    super('nothing would refuse to commit it: console_pill and its trigger are not as they were made')
    this.name = 'Unguarded'
  }
}

/**
 * @returns its number, which it has from the start, the backend’s, and the next number of a lock that several share
 * @throws Unguarded
 */
export async function beginDoomed(
  client: ClientBase,
): Promise<{ xid: string; pid: number; nextMulti: string; pages: { fetched: number; hit: number } }> {
  // Several statements in one message are our own here.
  const results = (await client
    .query(
      `BEGIN READ WRITE; ${guarded}; INSERT INTO public.console_pill DEFAULT VALUES;
     SELECT pg_current_xact_id()::text AS xid, pg_backend_pid() AS pid, mxid_age('1'::xid)::text AS since_first;
     ${lookedAt}`,
    )
    .catch((error: unknown) => {
      throw error instanceof Error && 'code' in error && error.code === '42P01' ? new Unguarded() : error
    })) as unknown as {
    rows: { xid: string; pid: number; since_first: string; guarded: boolean; fetched: number; hit: number }[]
    rowCount: number
  }[] // node-postgres gives a list for a list
  const [, asked, swallowed, numbers, looked] = results
  const [row] = numbers?.rows ?? []
  if (!asked?.rows[0]?.guarded || swallowed?.rowCount !== 1 || !row) throw new Unguarded()
  // A count that goes past half of what there is is told as negative.
  const nextMulti = (BigInt(row.since_first) + 1n + 2n ** 32n) % 2n ** 32n
  const { fetched, hit } = looked?.rows[0] ?? { fetched: 0, hit: 0 }
  return { xid: row.xid, pid: row.pid, nextMulti: nextMulti.toString(), pages: { fetched, hit } }
}

/** Every constraint that waits for the end speaks now, but the pill. */
export async function speakUp(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT DISTINCT format('%I.%I', n.nspname, c.conname) AS name
     FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
     WHERE c.condeferrable AND n.nspname NOT IN ('pg_catalog', 'information_schema')
       AND has_schema_privilege(n.oid, 'USAGE') AND c.conname <> 'console_pill_refuses'`,
  )
  await speak(
    client,
    rows.map(({ name }) => name),
  )
}

/** @param names of constraints, as they stand in a statement */
export async function speak(client: ClientBase, names: readonly string[]): Promise<void> {
  if (names.length) await client.query(`SET CONSTRAINTS ${names.join(', ')} IMMEDIATE`)
}

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

/** @returns its number, which it has from the start, and the backend’s */
export async function beginDoomed(client: ClientBase): Promise<{ xid: string; pid: number }> {
  // Several statements in one message are our own here.
  const results = (await client.query(
    `BEGIN; INSERT INTO console_pill DEFAULT VALUES;
     SELECT pg_current_xact_id()::text AS xid, pg_backend_pid() AS pid`,
  )) as unknown as { rows: { xid: string; pid: number }[] }[] // node-postgres gives a list for a list
  const [row] = results.at(-1)?.rows ?? []
  if (!row) throw new Error('a transaction began without a number')
  return row
}

/** Every constraint that waits for the end speaks now, but the pill. */
export async function speakUp(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT DISTINCT format('%I.%I', n.nspname, c.conname) AS name
     FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
     WHERE c.condeferrable AND n.nspname NOT IN ('pg_catalog', 'information_schema')
       AND c.conname <> 'console_pill_refuses'`,
  )
  if (rows.length) await client.query(`SET CONSTRAINTS ${rows.map(({ name }) => name).join(', ')} IMMEDIATE`)
}

import type pg from 'pg'

/**
 * What PostgreSQL counted of rows written in a database: another answer than before means that something was. It starts
 * anew after a crash, and then says another thing too.
 */
export async function writesSoFar(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ writes: string }>(`
    select concat_ws(' ', current_database(), sum(n_tup_ins), sum(n_tup_upd), sum(n_tup_del)) as writes
    from pg_stat_user_tables`)
  return rows[0]?.writes ?? ''
}

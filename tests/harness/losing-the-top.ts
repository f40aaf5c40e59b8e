import pg from 'pg'
import type { Browserless } from './browserless.ts'
import type { TestServer } from './server.ts'

/**
 * The same browser, whose next call meets another administrator's at the same instant: all other super administrators
 * are suspended by a transaction that commits while the call waits for it. Afterwards all is as it was.
 */
export function losingTheTop(
  server: TestServer,
  browser: Browserless,
  { but }: { but: string },
): Browserless {
  return {
    ...browser,
    async ask(endpoint, input) {
      const other = new pg.Client(server.database.adminUrl)
      await other.connect()
      try {
        await other.query('begin')
        const { rows } = await other.query<{ id: string }>(
          `update staff_members set suspended_at = now() where suspended_at is null and id <> $1 and id in (
             select staff_id from staff_roles join roles on roles.id = role_id
             where key = 'super_administrator' and ended_at is null) returning id`,
          [but],
        )
        const reply = browser.ask(endpoint, input)
        await untilSomebodyWaits(other)
        await other.query('commit')
        const answered = await reply
        await other.query('update staff_members set suspended_at = null where id = any($1)', [
          rows.map(({ id }) => id),
        ])
        return answered
      } finally {
        await other.end()
      }
    },
  }
}

/** Until another connection waits for what this one holds. */
export async function untilSomebodyWaits(client: pg.Client): Promise<void> {
  for (;;) {
    const { rowCount } = await client.query(
      'select from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))',
    )
    if (rowCount) return
    await new Promise((turn) => setTimeout(turn, 10))
  }
}

// How long the invented tickets took, whether their promises were kept, what was said of them: as their clocks would say it.
import pg from 'pg'

/** @param adminUrl of who may let triggers rest */
export async function giveTicketsAStory(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query('SET session_replication_role = replica')
    await client.query("SET maintenance_work_mem = '256MB'")
    await client.query(`
      UPDATE tickets t SET topic = (ARRAY['question', 'trouble', 'billing', 'account', 'data', 'idea', 'other'])[1 + number % 7],
        team_id = CASE WHEN number % 5 < 4 THEN teams.ids[1 + number % teams.count] END,
        policy_version_id = (SELECT id FROM support_policy_versions LIMIT 1),
        first_response_seconds = number % 86399, first_response_kept = number % 9 <> 0,
        next_response_seconds = CASE WHEN number % 3 = 0 THEN number % 43201 END,
        next_response_kept = CASE WHEN number % 3 = 0 THEN number % 13 <> 0 END,
        resolution_seconds = CASE WHEN status = 'resolved' THEN number % 172801 END,
        resolution_kept = CASE WHEN status = 'resolved' THEN number % 8 <> 0 END,
        reopenings = CASE WHEN status = 'resolved' AND number % 20 = 0 THEN 1 ELSE 0 END
      FROM (SELECT array_agg(id) AS ids, count(*)::integer AS count FROM support_teams) teams`)
    await client.query(`
      INSERT INTO ticket_ratings (ticket_id, score, comment, rated_at)
      SELECT id, 1 + number % 5, CASE WHEN number % 4 = 0 THEN 'Merci' ELSE '' END, resolved_at + interval '1 day'
      FROM tickets WHERE status = 'resolved' AND number % 6 = 0 ON CONFLICT DO NOTHING`)
    await client.query(`
      INSERT INTO ticket_events (ticket_id, at, kind, data, actor_label)
      SELECT id, resolved_at - interval '1 hour', 'reopened', '{}', 'Somebody' FROM tickets WHERE reopenings > 0`)
  } finally {
    await client.end()
  }
}

/** A million rows are written and written anew in a minute without their indexes, and in ten with them. */
export async function withoutIndexes(adminUrl: string, work: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query("SET maintenance_work_mem = '256MB'")
    const { rows } = await client.query<{ name: string; made: string }>(`
      SELECT indexname AS name, indexdef AS made FROM pg_indexes
      WHERE tablename = 'tickets' AND indexdef NOT LIKE '%UNIQUE%'`)
    for (const { name } of rows) await client.query(`DROP INDEX ${name}`)
    await work()
    // Words are searched for by nobody here.
    for (const { made } of rows.filter((one) => !one.made.includes('USING gin'))) await client.query(made)
    await client.query('VACUUM (ANALYZE) tickets, ticket_ratings, ticket_events')
  } finally {
    await client.end()
  }
}

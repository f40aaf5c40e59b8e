// A million tickets of some years, of which a few in a hundred are open: PostgreSQL invents them itself.
import pg from 'pg'

export const tickets = 1_000_000

/** @param adminUrl of who may let triggers rest: what they keep is whole either way, only sooner */
export async function loadTickets(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query('SET session_replication_role = replica')
    await client.query("SET maintenance_work_mem = '256MB'")
    await client.query(insertion)
    await client.query(tagging)
    await client.query('ANALYZE tickets, ticket_tags, support_tags, ticket_reads, clients, staff_members')
  } finally {
    await client.end()
  }
}

/** One in thirty is open; of those one in eighty is the agent's, and a third is nobody's. */
const insertion = `
  INSERT INTO tickets (id, subject, status, priority, topic, channel, assignee_id, client_id, requester_name, requester_email,
    opened_at, last_message_at, resolved_at, due_at, warns_at, breached, waiting)
  SELECT uuidv7(), 'Question numéro ' || n || ' sur ' || (ARRAY['l’agenda', 'une facture', 'les rappels', 'un accès'])[1 + n % 4],
    CASE WHEN open THEN 'in_progress' ELSE 'resolved' END,
    (ARRAY['low', 'normal', 'normal', 'high', 'urgent'])[1 + n % 5], 'question', 'app',
    CASE WHEN open AND n / 30 % 80 <> 0 THEN CASE WHEN n % 3 = 0 THEN NULL ELSE others.ids[1 + n % others.count] END ELSE agent.id END,
    people.ids[1 + n % people.count], 'Personne ' || n % 50000, 'personne' || n % 50000 || '@example.com',
    at, at + interval '1 hour', CASE WHEN NOT open THEN at + interval '1 day' END,
    CASE WHEN open AND n % 7 <> 0 THEN now() + n % 9973 * interval '1 minute' - interval '1 day' END,
    CASE WHEN open AND n % 7 <> 0 THEN now() + n % 9973 * interval '1 minute' - interval '25 hours' END,
    n % 11 = 0, open AND n % 7 = 0
  FROM generate_series(1, ${tickets}) n,
    LATERAL (SELECT n % 30 = 0 AS open, now() - n % 1500000 * interval '1 minute' AS at) moment,
    (SELECT id FROM staff_members WHERE email = 'support@example.com') agent,
    (SELECT array_agg(id) AS ids, count(*)::integer AS count FROM staff_members WHERE email <> 'support@example.com') others,
    (SELECT array_agg(id) AS ids, count(*)::integer AS count FROM clients) people`

const tagging = `
  WITH tag AS (INSERT INTO support_tags (name) SELECT 'mot ' || n FROM generate_series(1, 40) n RETURNING id),
    tags AS (SELECT array_agg(id) AS ids FROM tag)
  INSERT INTO ticket_tags (ticket_id, tag_id)
  SELECT t.id, tags.ids[1 + t.number % 40] FROM tickets t, tags WHERE t.number % 2 = 0`

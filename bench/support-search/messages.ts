// A million messages, each of some common words and some of its own: PostgreSQL invents them itself.
import pg from 'pg'

export const messages = 1_000_000

/** Rare words there are: each stands in some 1,200 messages. */
export const rareWords = 2_500

/** A word no dictionary knows, said the same each time: « zacovelu » for 1 234. */
export const rareWord = (number: number): string => {
  const syllables = ['za', 'co', 've', 'lu', 'mi', 'ro', 'ta', 'pe', 'ni', 'go']
  return `z${[...String(number).padStart(4, '0')].map((digit) => syllables[Number(digit)]).join('')}`
}

export async function loadMessages(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query('SET session_replication_role = replica')
    await client.query("SET maintenance_work_mem = '512MB'")
    const words = Array.from({ length: rareWords }, (_, number) => rareWord(number))
    // The index is made once, of all of them: as it is when it has been tidied up.
    await client.query('DROP INDEX ticket_messages_by_words')
    await client.query(insertion, [words])
    await client.query(
      'CREATE INDEX ticket_messages_by_words ON ticket_messages USING gin (french_words(body)) WHERE taken_back_at IS NULL',
    )
    await client.query('VACUUM ANALYZE ticket_messages')
  } finally {
    await client.end()
  }
}

const insertion = `
  INSERT INTO ticket_messages (ticket_id, kind, by_name, body, written_at)
  SELECT id, CASE WHEN number % 2 = 0 THEN 'customer' ELSE 'reply' END, 'Personne ' || number % 50000,
    'Bonjour, depuis hier ' || words[1 + number % ${rareWords}] || ' ne répond plus quand j’ouvre ' || words[1 + number * 7 / 3 % ${rareWords}]
      || ' : la facture, ' || words[1 + number * 31 / 11 % ${rareWords}] || ' et les rappels de la semaine. Merci de votre aide.',
    opened_at
  FROM tickets, (SELECT $1::text[] AS words) given`

// Full text over a million messages as an agent gets it, against the bare SQL over the same index: the first fifty by what
// is due, and how many there are.
import pg from 'pg'
import { besideBareSql } from './shared/beside-bare.ts'
import { cookieOf } from './shared/signed-in.ts'
import { smallSite } from './shared/small-site.ts'
import { loadTickets } from './support-queue/tickets.ts'
import { loadMessages, messages, rareWord, rareWords } from './support-search/messages.ts'
import type { Result } from './run.ts'

export const about = 'the search of tickets over 1,000,000 messages in French, against the bare indexed SQL'

const wordsAsked = 200
const search = (q: string) => `/api/v1/tickets?queue=all&q=${encodeURIComponent(q)}`

const statement = {
  name: 'search',
  text: `with found as (
      select t.id, t.due_at from tickets t where t.trashed_at is null and t.id in (
        select ticket_id from ticket_messages
        where french_words(body) @@ plainto_tsquery('pg_catalog.french', $1) and taken_back_at is null))
    select (select count(*)::integer from found) as total,
      (select json_agg(row_to_json(page))::text from (
        select t.* from found join tickets t on t.id = found.id order by t.due_at, t.id limit 50) page) as rows`,
}

export async function run(): Promise<Result> {
  const site = await smallSite()
  try {
    console.log(`inventing ${messages} messages`)
    await loadTickets(site.adminUrl)
    await loadMessages(site.adminUrl)
    return await compare(site)
  } finally {
    await site.stop()
  }
}

async function compare({ server, appUrl }: Awaited<ReturnType<typeof smallSite>>): Promise<Result> {
  const words = Array.from({ length: wordsAsked }, (_, at) => rareWord((at * 37) % rareWords))
  const headers = { Accept: 'application/json', Cookie: await cookieOf(server, 'support') }
  const pool = new pg.Pool({ connectionString: appUrl, max: 4 })
  try {
    await sameAnswers(words, server.url, headers, pool)
    return await besideBareSql({
      bench: 'support-search',
      url: server.url,
      paths: words.map(search),
      headers,
      bare: (order) => bare(pool, words, order),
      atMost: 3,
    })
  } finally {
    await pool.end()
  }
}

/** The same words from as many connections, for as long. */
async function bare(
  pool: pg.Pool,
  words: readonly string[],
  { connections, seconds }: { connections: number; seconds: number },
): Promise<number[]> {
  const took: number[] = []
  const until = performance.now() + seconds * 1_000
  let next = 0
  const ask = async () => {
    while (performance.now() < until) {
      const began = performance.now()
      await pool.query(statement, [words[next++ % words.length]])
      took.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: connections }, ask))
  return took.toSorted((one, other) => one - other)
}

/** Both find the same, or the comparison says nothing. */
async function sameAnswers(
  words: readonly string[],
  url: string,
  headers: Record<string, string>,
  pool: pg.Pool,
): Promise<void> {
  for (const word of words.slice(0, 5)) {
    const page = (await (await fetch(url + search(word), { headers })).json()) as { total: number }
    const { rows } = await pool.query<{ total: number }>(statement, [word])
    if (page.total < 100 || page.total !== rows[0]?.total)
      throw new Error(`for ${word} the server finds ${page.total}, and the SQL ${rows[0]?.total}`)
  }
}

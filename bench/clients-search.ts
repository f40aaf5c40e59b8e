// The search as a signed-in person gets it, one slip in each word, against the bare SQL (bench/clients-search/reference.ts).
import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import pg from 'pg'
import { startRealServer } from '../tests/harness/real-server.ts'
import { bareSearch, type BareOrder } from './clients-search/reference.ts'
import { besideBareSql } from './shared/beside-bare.ts'
import { preparedDatabase } from './shared/prepared.ts'
import { cookieOf } from './shared/signed-in.ts'
import type { Result } from './run.ts'

export const about = 'the search of clients with one slip of the keyboard, against the bare SQL'

const wordsAsked = 200

export async function run(): Promise<Result> {
  const database = await preparedDatabase()
  const server = await startRealServer({
    databaseUrl: database.appUrl,
    dataDir: database.dataDir,
    env: { CHECK_OUTPUT: 'off' },
  })
  const db = new pg.Client(database.appUrl)
  await db.connect()
  try {
    const words = await mistypedNames(db)
    const headers = { Accept: 'application/json', Cookie: await cookieOf(server, 'support') }
    const search = (q: string) => `/api/v1/clients?q=${q}`
    await sameAnswers(words, server.url, search, headers, db)

    return await besideBareSql({
      bench: 'clients-search',
      url: server.url,
      paths: words.map(search),
      headers,
      bare: (order) => bare({ databaseUrl: database.appUrl, words, ...order }),
      atMost: 3,
    })
  } finally {
    await db.end()
    await server.stop()
    await database.stop()
  }
}

/** Names there are, each with one slip: two letters swapped, one missing, one twice, one wrong, in turn. */
async function mistypedNames(db: pg.Client): Promise<string[]> {
  const { rows } = await db.query<{ word: string }>(
    `select word from (select split_part(sort_name, ' ', 1) as word, row_number() over (order by md5(id::text)) as at from clients) names
     where word ~ '^[a-z]{5,12}$' order by at limit $1`,
    [wordsAsked],
  )
  return rows.map(({ word }, at) => {
    const [before, one, other, after] = [word.slice(0, 2), word[2], word[3], word.slice(4)]
    const slips = [[other, one], [other], [one, one, other], ['x', other]]
    return before + (slips[at % slips.length] ?? []).join('') + after
  })
}

/** Both find the same clients in the same order, or the comparison says nothing. */
async function sameAnswers(
  words: string[],
  url: string,
  search: (q: string) => string,
  headers: Record<string, string>,
  db: pg.Client,
): Promise<void> {
  let found = 0
  for (const word of words) {
    const ours = (await (await fetch(url + search(word), { headers })).json()) as {
      rows: unknown[]
      total: number
    }
    const theirs = await bareSearch(db, word)
    // Where nobody is found we think once more, which the bare statement does not.
    if (theirs.total === 0) continue
    found++
    if (ours.total !== theirs.total || !isDeepStrictEqual(ours.rows, JSON.parse(theirs.rows ?? '[]')))
      throw new Error(`"${word}" is not answered by the reference as it is by the server`)
  }
  if (found < words.length * 0.9) throw new Error(`only ${found} of ${words.length} words found anybody`)
}

async function bare(order: BareOrder): Promise<number[]> {
  const child = fork(path.join(import.meta.dirname, 'clients-search/reference.ts'))
  child.send(order)
  const [took] = (await once(child, 'message')) as [number[] | string]
  if (typeof took === 'string') throw new Error(took)
  return took
}

// The bare questions: a statement each (and one before for names), asked by one process that does nothing else, over
// connections like the server's. Planned for its values each time: what is frequent and what is rare need other plans. The
// answer is the same page with the same names; no HTTP, no session, no permission, no payload.
import pg from 'pg'

export type BareQuestion = {
  /** The page's ids and times; what its lines show is added around it. */
  text: string
  values: unknown[]
  /** Words of names, each as LIKE wants it: who bears them is asked first, and is the last of the values. */
  named?: string[]
}

const names = `(select id::text from staff_members where plain_text(first_name || ' ' || last_name) like all($1::text[]) limit 200)
  union all (select id::text from clients where search_text like all($1::text[]) limit 200)`

const statement = (page: string) => `
  select e.id, e.at, e.actor_type, e.actor_id, e.verb, e.object_type, e.object_id, e.object_count, e.result, e.reason, e.index,
    (select concat_ws(' ', first_name, last_name) from staff_members where e.actor_type = 'staff' and id::text = e.actor_id) as actor,
    case e.object_type
      when 'staff_member' then (select concat_ws(' ', first_name, last_name) from staff_members where id = e.object_id::uuid)
      when 'client' then (select concat_ws(' ', first_name, last_name) from clients where id = e.object_id::uuid) end as object_name
  from (${page}) page join audit_log e using (id) order by e.at desc, e.id desc`

/** The ids as the page has them. */
export async function bareIds(db: pg.Client, { text, values, named }: BareQuestion): Promise<string[]> {
  const bearers = named && (await db.query<{ id: string }>(names, [named])).rows.map(({ id }) => id)
  const { rows } = await db.query<{ id: string }>(statement(text), [...values, ...(bearers ? [bearers] : [])])
  return rows.map(({ id }) => id)
}

export type BareOrder = {
  databaseUrl: string
  question: BareQuestion
  connections: number
  seconds: number
}

/** How long each took, in milliseconds, in ascending order. */
async function run({ databaseUrl, question, connections, seconds }: BareOrder): Promise<number[]> {
  const took: number[] = []
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const db = new pg.Client(databaseUrl)
      await db.connect()
      return db
    }),
  )
  const until = performance.now() + seconds * 1_000
  await Promise.all(
    clients.map(async (db) => {
      do {
        const began = performance.now()
        await bareIds(db, question)
        took.push(performance.now() - began)
      } while (performance.now() < until)
      await db.end()
    }),
  )
  return took.toSorted((one, other) => one - other)
}

if (process.argv[1] === import.meta.filename)
  process.once('message', (order: BareOrder) => {
    run(order)
      .catch((error: unknown) => String(error))
      .then((took) => process.send?.(took, () => process.exit()))
  })

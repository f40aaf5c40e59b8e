/** Keeping queries: one's own for oneself, or shown to everybody who reads here; changed by their owner, or by who may execute. */
import {
  getSqlQuery,
  listSqlQueries,
  mostSavedQueries,
  queryChanged,
  queryLimitReached,
  queryNameTaken,
  queryNotYours,
  restoreSqlQuery,
  saveSqlQuery,
  trashSqlQuery,
  updateSqlQuery,
} from '#contract/sql-console'
import { z } from 'zod'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { breaks } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import {
  found,
  handle,
  NotFound,
  refuse,
  type CentralHandler,
  type Context,
} from '#platform/server/requests.ts'
import { readApart, type ReadApart } from '../statements/reading-apart.ts'
import {
  changeQuery,
  insertQuery,
  keptBy,
  queriesCounted,
  queriesPage,
  queryById,
  setTrashed,
  takeTurns,
  type QueryRow,
  type Reader,
} from './queries.ts'
import { judged, lineShown, mayChange, queryShown, sealed, type Sealing } from './shown.ts'

/** Beyond, nobody counts. */
const countedUpTo = 10_000
const Place = z.tuple([z.string().max(200), z.uuid()])

const readerOf = ({ actor: { staffId, permissions } }: Pick<Context, 'actor'>): Reader => ({
  staffId,
  looksAfter: permissions.has('sql.execute'),
})

export const savedQueryHandlers = (parts: Sealing): CentralHandler[] => [
  handle(listSqlQueries, async (ctx, { query: { after, limit, ...filter } }) => {
    const reader = readerOf(ctx)
    const place = readCursor(z.object({ after: Place }), after)?.after
    const [rows, total] = await Promise.all([
      queriesPage(ctx.db, reader, filter, place, limit + 1),
      queriesCounted(ctx.db, reader, filter, countedUpTo),
    ])
    const last = rows.length > limit ? rows[limit - 1] : undefined
    return {
      rows: rows.slice(0, limit).map((row) => lineShown(row, reader)),
      total: Math.min(total, countedUpTo),
      totalIsExact: total <= countedUpTo,
      next: last ? cursorOf({ after: [last.name, last.id] }) : null,
    }
  }),

  handle(getSqlQuery, async (ctx, { params: { id } }) =>
    queryShown(parts, found(await queryById(ctx.db, readerOf(ctx), id)), readerOf(ctx)),
  ),

  handle(
    saveSqlQuery,
    (_ctx, { body }) => readApart(body.text),
    async (ctx, { body: { text, parameters, ...words } }, read) => {
      const { staffId } = ctx.actor
      await makeRoom(ctx, staffId)
      const now = ctx.clock.now()
      const id = uuidv7(now.getTime())
      const { state, problems } = judged(read)
      const textSealed = await sealed(parts, id, { text, parameters })
      await named(words.name, () =>
        insertQuery(ctx.db, { id, ownerId: staffId, ...words, state, textSealed, updatedAt: now }),
      )
      ctx.record({ object: 'sql_query', id, after: { ...words, ...logged(read, parameters) } })
      return { ...(await shownNow(ctx, parts, id)), problems }
    },
  ),

  handle(
    updateSqlQuery,
    async (_ctx, { body: { text } }) => (text === undefined ? undefined : readApart(text)),
    async (ctx, { params: { id }, body: { revision, text, parameters, ...words } }, read) => {
      const row = await changeable(ctx, id)
      const current = await queryShown(parts, row, readerOf(ctx))
      if (row.revision !== revision) throw refuse(queryChanged, { details: { current } })
      const isText = text !== undefined || parameters !== undefined
      const kept = { text: text ?? current.text, parameters: parameters ?? current.parameters }
      const { state, problems } = read ? judged(read) : { state: row.state, problems: [] }
      const said = Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined))
      await named(words.name ?? row.name, async () =>
        changeQuery(ctx.db, id, {
          ...said,
          state,
          updatedAt: ctx.clock.now(),
          updatedBy: ctx.actor.staffId,
          ...(isText && { textSealed: await sealed(parts, id, kept) }),
        }),
      )
      ctx.record({
        object: 'sql_query',
        id,
        before: wordsOf(row),
        after: { ...said, ...(isText && logged(read, kept.parameters)) },
      })
      return { ...(await shownNow(ctx, parts, id, row)), problems }
    },
  ),

  handle(trashSqlQuery, async (ctx, { params: { id } }) => {
    const row = await changeable(ctx, id)
    await setTrashed(ctx.db, id, ctx.clock.now())
    ctx.record({ object: 'sql_query', id, before: wordsOf(row) })
    return undefined
  }),

  handle(restoreSqlQuery, async (ctx, { params: { id } }) => {
    const row = found(await queryById(ctx.db, readerOf(ctx), id, { hold: true }))
    if (!row.trashedAt) throw new NotFound()
    await makeRoom(ctx, row.ownerId)
    await named(row.name, () => setTrashed(ctx.db, id, null))
    ctx.record({ object: 'sql_query', id, after: wordsOf(row) })
    return shownNow(ctx, parts, id)
  }),
]

async function makeRoom({ db }: Context, ownerId: string): Promise<void> {
  await takeTurns(db, ownerId)
  if ((await keptBy(db, ownerId)) >= mostSavedQueries)
    throw refuse(queryLimitReached, { values: { limit: mostSavedQueries } })
}

/** Held until the transaction ends: of two who save at once the second is told. */
async function changeable(ctx: Context, id: string): Promise<QueryRow> {
  const reader = readerOf(ctx)
  const row = found(await queryById(ctx.db, reader, id, { hold: true }))
  if (row.trashedAt) throw new NotFound()
  if (!mayChange(row, reader)) throw refuse(queryNotYours)
  return row
}

async function named<Done>(name: string, work: () => Promise<Done>): Promise<Done> {
  try {
    return await work()
  } catch (error) {
    if (breaks(error, 'sql_queries_name')) throw refuse(queryNameTaken, { values: { name } })
    throw error
  }
}

/** @param before whoever no longer shares what is somebody else's has it before their eyes a last time */
async function shownNow(ctx: Context, parts: Sealing, id: string, before?: QueryRow) {
  const reader = readerOf(ctx)
  const as = before ? { ...reader, staffId: before.ownerId } : reader
  return queryShown(parts, found(await queryById(ctx.db, as, id)), reader)
}

const wordsOf = ({ name, description, reach, target }: QueryRow) => ({ name, description, reach, target })

/** The statement without its values, as of a practice's runs: when it is run, the log of that says the rest. */
const logged = (read: ReadApart | undefined, parameters: readonly { name: string; type: string }[]) => ({
  ...(read && { text: read.wordless }),
  parameters: parameters.map(({ name, type }) => ({ name, type })),
})

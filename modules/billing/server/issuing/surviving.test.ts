import { beforeAll, expect, test } from 'vitest'
import { systemClock } from '#platform/server/clock.ts'
import { centralDb, openPool } from '#platform/server/db.ts'
import { openJobs } from '#platform/server/jobs.ts'
import { openLog } from '#platform/server/log.ts'
import { sentencesOf } from '#platform/server/sentences.ts'
import { readMessages } from '../../../../apps/server/messages.ts'
import { atTheEnd } from '../../../../tests/harness/at-the-end.ts'
import { billableClient, draftFor, openBilling } from '../../../../tests/harness/billing.ts'
import type { Browserless } from '../../../../tests/harness/browserless.ts'
import { dyingAt, type When } from '../../../../tests/harness/dying.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { openPdfs } from '../pdf/opening.ts'
import { verifyBilling } from '../verifying/verifying.ts'
import { finalise, type Finalising } from './finalising.ts'

const server = await testServer()
const pdfs = openPdfs({ dataDir: server.dataDir, vault: server.vault })
atTheEnd(() => pdfs.close())
const jobs = await openJobs({
  databaseUrl: server.database.appUrl,
  db: server.db,
  pool: server.pool,
  log: openLog('silent'),
  works: [],
  schedules: [],
  runs: false,
})
atTheEnd(() => jobs.close())
const parts: Finalising = {
  clock: systemClock,
  sentences: sentencesOf(readMessages()),
  jobs: () => jobs,
  pdfs,
}

let billing: Browserless
let client: string
beforeAll(async () => {
  billing = await server.as('billing')
  await openBilling(server.db)
  client = await billableClient(server.db)
})

/** As a process of its own does it: with a connection that nobody shares. */
async function finaliseApart(invoiceId: string): Promise<void> {
  const db = centralDb(openPool(server.database.appUrl, { max: 1 }))
  await db
    .transaction()
    .execute((transaction) => finalise(transaction, parts, { invoiceId, byStaffId: null }))
  await db.destroy()
}

const stateOf = async (id: string) =>
  (await server.db.selectFrom('invoices').where('id', '=', id).select('state').executeTakeFirstOrThrow())
    .state

/** What died holds its locks until PostgreSQL noticed: whoever asks for the same draft waits for that. */
const settled = (id: string) =>
  server.db
    .transaction()
    .execute((transaction) =>
      transaction.selectFrom('invoices').where('id', '=', id).select('id').forUpdate().execute(),
    )

const nothingBroken = async () => {
  const { breaks, documents } = await verifyBilling(server.db, { kept: (id) => pdfs.kept(id) })
  expect(breaks).toEqual([])
  return documents
}

test.each<When>(['before', 'unheard'])(
  'killed at any statement of finalising (%s it is sent), the series has no gap and the draft is a draft or a document',
  { timeout: 60_000 },
  async (when) => {
    for (let statement = 1; ; statement++) {
      const { id } = await draftFor(billing, client)
      const { end, at } = await dyingAt(statement, when, () => finaliseApart(id))
      await settled(id)
      await nothingBroken()
      if (end === 'lived') {
        expect(await stateOf(id)).toBe('issued')
        expect(statement).toBeGreaterThan(8)
        return
      }
      // Only a commit that was sent and not heard may have happened.
      if (!/^commit/i.test(at)) expect([at, await stateOf(id)]).toEqual([at, 'draft'])
    }
  },
)

const many = process.env['TEST_LONG'] ? 200 : 40

test(
  `${many} at once in one series, some killed: every one that lived has its number, and there is no gap`,
  { timeout: 120_000 },
  async () => {
    const before = await nothingBroken()
    const ids: string[] = []
    for (let count = 0; count < many; count++) ids.push((await draftFor(billing, client)).id)
    const waiting = [...ids.entries()]
    const work = async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        const [index, id] = next
        if (index % 3 > 0) await finaliseApart(id)
        else await dyingAt(1 + (index % 17), index % 2 ? 'before' : 'unheard', () => finaliseApart(id))
      }
    }
    // PostgreSQL of the tests has a hundred connections.
    await Promise.all(Array.from({ length: 40 }, work))
    await nothingBroken()
    for (const id of ids) {
      await settled(id)
      if ((await stateOf(id)) === 'draft') await finaliseApart(id)
    }
    expect(await nothingBroken()).toBe(before + many)
  },
)

import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { systemClock } from '#platform/server/clock.ts'
import { centralDb, openPool, sql } from '#platform/server/db.ts'
import { openJobs } from '#platform/server/jobs.ts'
import { openLog } from '#platform/server/log.ts'
import { sentencesOf } from '#platform/server/sentences.ts'
import { readMessages } from '../../../../apps/server/messages.ts'
import { atTheEnd } from '../../../../tests/harness/at-the-end.ts'
import { billableClient, openBilling } from '../../../../tests/harness/billing.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { openPdfs } from '../pdf/opening.ts'
import { issueDrafts } from './issuing-drafts.ts'

const server = await testServer()
const admin = new pg.Client({ connectionString: server.database.adminUrl })
await admin.connect()
atTheEnd(() => admin.end())
const log = openLog('silent')
const pdfs = openPdfs({ dataDir: server.dataDir, vault: server.vault })
atTheEnd(() => pdfs.close())
const jobs = await openJobs({
  databaseUrl: server.database.appUrl,
  db: server.db,
  pool: server.pool,
  log,
  works: [],
  schedules: [],
  runs: false,
})
atTheEnd(() => jobs.close())
const { audit, db } = server
const parts = {
  db,
  audit,
  log,
  pdfs,
  clock: systemClock,
  sentences: sentencesOf(readMessages()),
  jobs: () => jobs,
}
const asSystem = { staffId: null, label: 'system' }

let client: string
let companyId: string
beforeAll(async () => {
  companyId = await openBilling(db)
  client = await billableClient(db)
  // What of a document named so happens in the middle of its finalisation.
  await admin.query(`
    CREATE FUNCTION break_down() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
      IF OLD.note = 'breaks' THEN RAISE EXCEPTION 'nobody foresaw this'; END IF;
      IF OLD.note = 'is cut off' THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER break_down BEFORE UPDATE ON invoices FOR EACH ROW WHEN (NEW.state = 'issued') EXECUTE FUNCTION break_down()`)
})

/** As a renewal makes it, of that period. */
async function renewed(
  periodFrom: string,
  over: { note?: string; internalNote?: string } = {},
): Promise<string> {
  const { id } = await db
    .insertInto('invoices')
    .values({ clientId: client, companyId, origin: 'renewal', periodFrom, periodUntil: periodFrom, ...over })
    .returning('id')
    .executeTakeFirstOrThrow()
  await sql`insert into invoice_lines (invoice_id, position, description, quantity, unit_price_cents, vat_basis_points)
    values (${id}, 1, 'Abonnement', 1, 2417, 2000)`.execute(db)
  return id
}

const stands = (id: string) =>
  db
    .selectFrom('invoices')
    .where('id', '=', id)
    .select(['state', 'held', 'internalNote'])
    .executeTakeFirstOrThrow()

test('one that breaks is held with a reference for a person, and those behind it are issued', async () => {
  const broken = await renewed('2026-03-01', { note: 'breaks', internalNote: 'Appeler d’abord.' })
  const sound = await renewed('2026-03-02')
  expect(await issueDrafts(parts, asSystem)).toEqual({ issued: 1, stopped: 1 })
  expect(await stands(sound)).toMatchObject({ state: 'issued' })
  expect(await stands(broken)).toEqual({
    state: 'draft',
    held: true,
    internalNote: expect.stringMatching(
      /^Appeler d’abord\.\nÉmission interrompue par une erreur interne\. Référence\u00A0: [0-9a-f-]{36}$/,
    ),
  })
  expect(await issueDrafts(parts, asSystem)).toEqual({ issued: 0, stopped: 0 })
})

test('a database that is lost holds nothing: the run is tried again', async () => {
  const cut = await renewed('2026-04-01', { note: 'is cut off' })
  const pool = openPool(server.database.appUrl, { max: 1 })
  const own = centralDb(pool)
  await expect(issueDrafts({ ...parts, db: own }, asSystem)).rejects.toThrow()
  await own.destroy()
  expect(await stands(cut)).toEqual({ state: 'draft', held: false, internalNote: '' })
  await admin.query(`UPDATE invoices SET note = '' WHERE id = $1`, [cut])
  expect(await issueDrafts(parts, asSystem)).toEqual({ issued: 1, stopped: 0 })
})

import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import {
  AuditVerificationOutcome,
  getAuditStatus,
  listAuditVerifications,
  startAuditVerification,
} from '#contract/audit'
import { getSession } from '#contract/identity'
import { getJob } from '#platform/contract/jobs.ts'
import { systemClock } from '#platform/server/clock.ts'
import { pino } from 'pino'
import { entriesOf } from '../../../tests/harness/audit.ts'
import { lettersTo, mailOf } from '../../../tests/harness/mailbox.ts'
import { numbered } from '../../../tests/harness/sequencer.ts'
import { testServer } from '../../../tests/harness/server.ts'
import { signedLog } from '../../../tests/harness/signed-log.ts'
import { openAlarms } from './alerting.ts'
import { signingKeyFile } from './sequencing/folders.ts'
import { parseSkey } from './tree/keys.ts'
import { nightlyVerification } from './verification-job.ts'
import { openVerifier } from './verifying-apart.ts'
import { readPlaces } from './witnessing/places.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-witness-'))
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

const witnesses = `folder://${folder}`
const server = await testServer({
  env: { AUDIT_WITNESSES: witnesses },
})
const auditor = await server.as('auditor')

const said: { msg: string; kind?: string; index?: number }[] = []
const log = pino(
  { level: 'error' },
  { write: (line) => void said.push(JSON.parse(line) as (typeof said)[number]) },
)
const mail = mailOf(server)
const { db, audit, dataDir, masterKey } = server

const nightly = nightlyVerification({
  db,
  audit,
  log,
  clock: systemClock,
  verify: openVerifier({ databaseUrl: server.database.appUrl, dataDir, masterKey }),
  places: readPlaces([witnesses]),
  alarm: openAlarms({ db, mail, log, backofficeUrl: new URL('http://localhost:3000') }),
})

async function verified() {
  const { jobId } = await auditor.call(startAuditVerification)
  await numbered(server)
  const job = () => auditor.call(getJob, { params: { id: jobId } })
  await expect.poll(async () => (await job()).state, { timeout: 20_000 }).toMatch(/done|failed/)
  return AuditVerificationOutcome.parse((await job()).result)
}

async function asOwner(statement: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: server.database.adminUrl })
  await client.connect()
  await client.query('SET session_replication_role = replica')
  const { rows } = await client.query<Record<string, unknown>>(statement, values)
  await client.end()
  return rows
}

test('whoever may asks for a verification, which runs apart and tells how much it looked at', async () => {
  await numbered(server)
  const outcome = await verified()
  expect(outcome).toMatchObject({ sound: true, findings: 0 })
  expect(outcome.entries).toBeGreaterThan(0)
  const { name, staffId } = await auditor.call(getSession)
  const { rows } = await auditor.call(listAuditVerifications, { query: {} })
  expect(rows[0]).toMatchObject({ id: outcome.verificationId, askedBy: { id: staffId, name }, sound: true })
  expect((await auditor.call(getAuditStatus)).lastVerification).toEqual(rows[0])
  expect(await entriesOf(server, { verb: 'audit_log.verified' })).toMatchObject([
    { actorId: staffId, objectType: 'audit_log', after: { sound: true, findings: 0 } },
  ])
})

test('support may not ask for one', async () => {
  expect(await (await server.as('support')).refused(startAuditVerification)).toMatchObject({ status: 403 })
})

test('the night’s is nobody’s, and says nothing when all is sound', async () => {
  await numbered(server)
  await nightly.run(db)
  const { rows } = await auditor.call(listAuditVerifications, { query: { limit: 1 } })
  expect(rows[0]).toMatchObject({ askedBy: null, sound: true, findings: [] })
  expect(said).toEqual([])
})

test('verifications are listed page by page', async () => {
  const first = await auditor.call(listAuditVerifications, { query: { limit: 1 } })
  const rest = await auditor.call(listAuditVerifications, { query: { after: first.next ?? '' } })
  expect(rest.rows).toHaveLength(1)
  expect(rest.rows[0]?.id).not.toBe(first.rows[0]?.id)
  expect(rest.next).toBeNull()
})

test('an entry that was edited is found at night, logged as an error, mailed and kept', async () => {
  await numbered(server)
  await asOwner(
    `UPDATE audit_entries SET leaf = replace(leaf, '"result":"done"', '"result":"seen"')
     WHERE id = (SELECT entry_id FROM audit_leaves WHERE index = 2)`,
  )
  await nightly.run(db)
  const { lastVerification } = await auditor.call(getAuditStatus)
  expect(lastVerification).toMatchObject({ sound: false })
  expect(lastVerification?.findings[0]).toMatchObject({ kind: 'entry_edited', index: 2 })
  expect(said).toMatchObject([{ msg: 'the audit log does not verify', kind: 'entry_edited', index: 2 }])
  const mails = await db
    .selectFrom('outgoingMails')
    .where('template', '=', 'audit.mail.unsound')
    .select('toEmail')
    .execute()
  expect(mails.length).toBeGreaterThan(1)
  const letter = (await lettersTo(server, mails[0]!.toEmail)).at(-1)
  expect(letter?.text).toContain(lastVerification?.findings[0]?.what)
  await asOwner(
    `UPDATE audit_entries SET leaf = replace(leaf, '"result":"seen"', '"result":"done"')
     WHERE id = (SELECT entry_id FROM audit_leaves WHERE index = 2)`,
  )
  expect(await verified()).toMatchObject({ sound: true })
})

test('a log that differs from what a folder of somebody else holds is a fork, however well it fits itself', async () => {
  const { size } = await numbered(server)
  const key = parseSkey(fs.readFileSync(signingKeyFile(dataDir), 'utf8'))
  const { note } = signedLog(key).grow(Math.min(size, 5), 'what the folder saw')
  fs.writeFileSync(path.join(folder, '5.checkpoint'), note)
  const { verificationId } = await verified()
  const { rows } = await auditor.call(listAuditVerifications, { query: { limit: 1 } })
  expect(rows[0]).toMatchObject({ id: verificationId, sound: false })
  expect(rows[0]?.findings.map(({ kind }) => kind)).toContain('fork')
})

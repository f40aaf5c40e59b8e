import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, describe, expect, test } from 'vitest'
import { getAuditStatus, type AuditStatus } from '#contract/audit'
import { readServerConfig } from '#platform/server/config.ts'
import { assemble } from '../../../../apps/server/assemble.ts'
import { c2spWitness } from '../../../../tests/harness/c2sp-witness.ts'
import { testDatabase } from '../../../../tests/harness/database.ts'
import { writeEntries } from '../../../../tests/harness/log-writer.ts'
import { loopback, type Reply } from '../../../../tests/harness/loopback.ts'
import { lettersTo, mailOf } from '../../../../tests/harness/mailbox.ts'
import { numbered } from '../../../../tests/harness/sequencer.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { signedLog } from '../../../../tests/harness/signed-log.ts'
import { openAlarms } from '../alerting.ts'
import { signingKeyFile } from '../sequencing/folders.ts'
import { openCheckpoint } from '../tree/checkpoints.ts'
import { parseSkey, parseVkey } from '../tree/keys.ts'
import { openAsking } from './asking.ts'
import { readPlaces } from './places.ts'
import { witnessing } from './schedules.ts'

// A clock that only this test moves: a witness that failed is asked again when its time has come.
let now = new Date('2026-11-22T08:30:00Z')
const minutes = (count: number) => (now = new Date(now.getTime() + count * 60_000))

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-witness-'))
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

// Who answers at the witness's address is decided as the story goes.
let answer: Parameters<typeof loopback>[0] = () => ({ status: 503 })
const host = await loopback((heard) => answer(heard))
/** The witness, written as the configuration has it, at a path of its own. */
const witnessAt = (name: string, vkey: string) => `${host}/${name}#${encodeURIComponent(vkey)}`
const anybody = c2spWitness('witness.example/w1', {})

const configured = [`folder://${folder}`, witnessAt('w1', anybody.vkey), 'mailto:notary@example.com']
const server = await testServer({ env: { AUDIT_WITNESSES: configured.join(' ') } })
const auditor = await server.as('auditor')
const status = (): Promise<AuditStatus> => auditor.call(getAuditStatus)

const said: string[] = []
const log = pino(
  { level: 'warn' },
  { write: (line) => void said.push((JSON.parse(line) as { msg: string }).msg) },
)
const mail = mailOf(server)
const { db, dataDir } = server
const alarm = openAlarms({ db, mail, log, backofficeUrl: new URL('http://localhost:3000') })

/** What the worker does for these witnesses when the clock strikes. */
function strike(name: 'audit-witnesses' | 'audit-checkpoint-mail', places: readonly string[]) {
  const clock = { now: () => now }
  const ask = openAsking(1_000)
  const schedules = witnessing({ places: readPlaces(places), db, clock, log, mail, dataDir, alarm, ask })
  return schedules.find((schedule) => schedule.name === name)?.run(db)
}

const round = (...places: string[]) => strike('audit-witnesses', places)

async function grow(count = 3) {
  const client = new pg.Client({ connectionString: server.database.appUrl })
  await client.connect()
  await writeEntries(client, count)
  await client.end()
  return numbered(server)
}

describe('with a witness that is down', () => {
  test('the others get their checkpoint, and the status says what hinders it', async () => {
    const { size, note } = await grow()
    await round(...configured)
    expect(fs.readFileSync(path.join(folder, `${size}.checkpoint`), 'utf8')).toBe(note)
    expect((await status()).witnesses).toMatchObject([
      {
        kind: 'folder',
        last: { size, line: null, keptAt: path.join(folder, `${size}.checkpoint`) },
        trouble: null,
      },
      {
        kind: 'http',
        name: `${host}/w1`,
        last: null,
        trouble: { code: 'failed', detail: 'HTTP 503', tries: 1, since: now.toISOString() },
      },
      { kind: 'mail', name: 'mailto:notary@example.com', last: null, trouble: null },
    ])
    expect(said).toEqual(['a witness of the audit log was not reached'])
  })

  test('it is asked again after one minute, two, then four', async () => {
    const since = now.toISOString()
    const asked: number[] = []
    for (let minute = 1; minute <= 8; minute++) {
      minutes(1)
      answer = () => {
        asked.push(minute)
        return { status: 503 }
      }
      await round(...configured)
    }
    expect(asked).toEqual([1, 3, 7])
    expect((await status()).witnesses[1]?.trouble).toMatchObject({ tries: 4, since })
  })

  test('and once it is back its trouble is over', async () => {
    const { vkey, origin } = await status()
    const back = c2spWitness('witness.example/w1', { [origin!]: vkey! })
    answer = back.answer
    minutes(8)
    await round(witnessAt('w1', back.vkey))
    expect((await status()).witnesses[1]).toMatchObject({
      last: { line: expect.stringContaining('— witness.example/w1 ') },
      trouble: null,
    })
  })
})

test('every new checkpoint is cosigned once, from the size that was seen last', async () => {
  const { vkey, origin, numbered: first } = await status()
  const witness = c2spWitness('witness.example/w2', { [origin!]: vkey! })
  answer = witness.answer
  const place = witnessAt('w2', witness.vkey)
  await round(place)
  await round(place)
  const { size, note } = await grow(300)
  await round(place)
  expect(witness.asked.map((body) => body.split('\n')[0])).toEqual(['old 0', `old ${first}`])
  const { line } = await db
    .selectFrom('auditCosignatures')
    .where('witness', '=', `${host}/w2`)
    .where('size', '=', size)
    .select('line')
    .executeTakeFirstOrThrow()
  const opened = openCheckpoint(`${note}${line}\n`, [parseVkey(vkey!)], [parseVkey(witness.vkey)])
  expect(opened.cosignatures).toHaveLength(1)
})

test('a second history under our own key is refused by who saw the first, and is an alarm', async () => {
  const { vkey, origin } = await status()
  const witness = c2spWitness('witness.example/w3', { [origin!]: vkey! })
  const key = parseSkey(fs.readFileSync(signingKeyFile(dataDir), 'utf8'))
  const { note } = signedLog(key).grow(2, 'what nobody but the witness saw')
  expect(
    witness.answer({
      method: 'POST',
      path: '/add-checkpoint',
      headers: {},
      body: Buffer.from(`old 0\n\n${note}`),
    }),
  ).toMatchObject({ status: 200 })

  said.length = 0
  answer = witness.answer
  const place = witnessAt('w3', witness.vkey)
  await round(place)
  minutes(60)
  await round(place)
  const trouble = await db
    .selectFrom('auditWitnessTroubles')
    .where('witness', '=', `${host}/w3`)
    .select(['error', 'tries'])
    .executeTakeFirstOrThrow()
  expect(trouble).toEqual({
    error: 'contradiction our log does not grow out of what it holds (HTTP 422)',
    tries: 2,
  })
  const sentence = 'a witness contradicts the audit log'
  expect(said).toEqual([sentence, sentence])

  // Each of them once, not at every try.
  const mails = await db
    .selectFrom('outgoingMails')
    .where('template', '=', 'audit.mail.contradiction')
    .select('toEmail')
    .execute()
  const mailed = mails.map(({ toEmail }) => toEmail)
  expect(new Set(mailed).size).toBe(mailed.length)
  const holders = await db
    .selectFrom('staffMembers as person')
    .innerJoin('staffRoles as held', 'held.staffId', 'person.id')
    .innerJoin('roles', 'roles.id', 'held.roleId')
    .where('roles.key', 'in', ['super_administrator', 'auditor'])
    .select('person.email')
    .execute()
  expect(holders.length).toBeGreaterThan(1)
  expect(mailed).toEqual(expect.arrayContaining(holders.map(({ email }) => email)))
  const letter = (await lettersTo(server, mailed[0]!)).at(-1)
  expect(letter?.text).toContain(`${host}/w3`)
})

test('one that never answers holds nobody up', async () => {
  const { size } = await grow()
  const { promise, resolve } = Promise.withResolvers<Reply>()
  answer = () => promise
  const visiting = round(witnessAt('slow', anybody.vkey), `folder://${folder}`)
  const copied = () => fs.existsSync(path.join(folder, `${size}.checkpoint`))
  await expect.poll(copied).toBe(true)
  await visiting
  resolve({ status: 200 })
  const { error } = await db
    .selectFrom('auditWitnessTroubles')
    .where('witness', '=', `${host}/slow`)
    .select('error')
    .executeTakeFirstOrThrow()
  expect(error).toBe('timed_out no answer within 1 s')
})

test('the daily mail holds the checkpoint byte for byte, and how to check it; once for each state', async () => {
  const { note, size } = await grow()
  await strike('audit-checkpoint-mail', configured)
  await strike('audit-checkpoint-mail', configured)
  const letters = await lettersTo(server, 'notary@example.com')
  expect(letters).toHaveLength(1)
  expect(letters[0]?.text).toContain(note)
  expect(letters[0]?.text).toContain('bin/mgp audit verify --checkpoint')
  expect((await status()).witnesses[2]).toMatchObject({
    last: { size, keptAt: expect.stringMatching(/^mail [0-9a-f-]{36}$/) },
  })
})

test('a server with a witness it cannot read does not start, and says which', async () => {
  const { appUrl } = await testDatabase()
  const config = readServerConfig({
    DATABASE_URL: appUrl,
    AUDIT_WITNESSES: 'folder:///a s3://KEY:hush@host/bucket?days=none',
    LOG_LEVEL: 'silent',
  })
  await expect(assemble(config)).rejects.toThrow(/^AUDIT_WITNESSES, place 2: days must be [^K]*$/)
})

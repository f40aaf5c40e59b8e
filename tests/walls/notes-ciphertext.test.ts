/**
 * Notes on disk, in backups, logs, exports and mails are ciphertext. A sentence that stands nowhere else is written into
 * notes in every way there is; then every byte that lies about is looked through for it, in every form. A second one, which
 * lies in the open as the name of a colleague, must be found in each of those places: this wall can fail.
 */
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { unzipSync } from 'fflate'
import pg from 'pg'
import { to } from 'pg-copy-streams'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { listDemonstrationMails } from '#contract/mail'
import {
  amendNote,
  eraseNote,
  getNote,
  getNoteVersion,
  listNotes,
  saveNote,
  signNote,
  trashNote,
  type Note,
  type NoteDraft,
} from '#contract/notes'
import { backUpTenant, exportTenant, getTenant } from '#contract/tenancy'
import { getJob } from '#platform/contract/jobs.ts'
import { onDatabase } from '../harness/another-cluster.ts'
import { formsIn, formsOf, newCanary } from '../harness/canary.ts'
import { tenancyServer } from '../harness/tenants.ts'

const lines: string[] = []
const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
const server = await tenancyServer({ log })
const secret = newCanary()
const open = newCanary()

type Client = pg.Client
async function asAdmin<R>(
  databaseName: string | undefined,
  work: (client: Client) => Promise<R>,
): Promise<R> {
  const { adminUrl } = server.database
  const client = new pg.Client(databaseName ? onDatabase(adminUrl, databaseName) : adminUrl)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
const one = async (client: Client, question: string) =>
  String(Object.values((await client.query<Record<string, unknown>>(question)).rows[0] ?? {})[0])
const walFile = (client: Client) => one(client, 'select pg_walfile_name(pg_current_wal_lsn())')

/** Every way in which a note says something, and every way in which a request about one fails. */
async function writeNotes(as: Awaited<ReturnType<typeof server.openPractice>>['holder'], patientId: string) {
  const draft: NoteDraft = {
    kind: 'record',
    title: secret,
    body: `# ${secret}\n${secret.repeat(300)}`,
    patientId,
    appointmentId: null,
    heldOn: null,
  }
  const save = (over: Partial<NoteDraft & { revision: number }> = {}, id: string = randomUUID()) =>
    as.ask(saveNote, { params: { id }, body: { ...draft, revision: 0, ...over } })
  const written = async (over: Partial<NoteDraft> = {}) => JSON.parse((await save(over)).text) as Note
  const at = (note: Note) => ({ params: { id: note.id } })

  const note = await written()
  const signed = await as.call(signNote, { ...at(note), body: { revision: note.revision } })
  const amendment = { revision: signed.revision, body: `Non : ${secret}.`, reason: `Car ${secret}` }
  await as.call(amendNote, { ...at(note), body: amendment })
  const personal = await written({ kind: 'personal', patientId: null })
  const erased = await written({ kind: 'personal' })
  await as.call(eraseNote, at(erased))
  await as.call(trashNote, at(await written()))
  const shown = [
    await as.call(getNote, at(personal)),
    await as.call(getNoteVersion, { params: { id: note.id, version: 1 } }),
  ]
  for (const { body } of shown) expect(body).toContain(secret)
  expect((await as.call(listNotes, { query: { q: secret } })).total).toBeGreaterThan(1)

  const refused = [
    await save({ revision: 7, body: `Trop tard : ${secret}` }, personal.id),
    await save({ title: secret.repeat(20) }),
    await save({ patientId: secret }),
    await as.ask(amendNote, { ...at(note), body: { ...amendment, body: `Encore ${secret}` } }),
    await as.ask(listNotes, { query: { q: secret, after: secret } }),
    await as.send('GET', `/api/v1/practice/notes/${encodeURIComponent(secret)}`),
  ]
  expect(refused.map(({ status }) => status)).toEqual([409, 400, 400, 409, 400, 404])
  // A note whose bytes are another's: the server's own failure, with all it knows.
  await server.tenants.databases.within(as.tenantId, 'practitioner', (db) =>
    db
      .updateTable('notes')
      .set({ bodySealed: Buffer.from(secret).subarray(0, 1) })
      .where('id', '=', personal.id)
      .execute(),
  )
  expect((await as.ask(getNote, at(personal))).status).toBe(500)
}

/** Backed up and exported by the vendor, whose archive is looked through unpacked. */
async function takeAway(tenantId: string): Promise<Buffer[]> {
  const chief = await server.as('super_administrator')
  await chief.call(backUpTenant, { params: { id: tenantId } })
  const settled = async () => chief.call(getTenant, { params: { id: tenantId } })
  while ((await settled()).work !== null) await sleep(40)
  expect((await settled()).backups).toHaveLength(1)
  const reason = 'Demande écrite du praticien'
  const { jobId } = await chief.call(exportTenant, { params: { id: tenantId }, body: { reason } })
  const job = async () => chief.call(getJob, { params: { id: jobId } })
  while (!['done', 'failed'].includes((await job()).state)) await sleep(40)
  const { storageKey } = await server.db
    .selectFrom('storedFiles')
    .where('id', '=', String((await job()).result?.['fileId']))
    .select('storageKey')
    .executeTakeFirstOrThrow()
  const zip = unzipSync(readFileSync(path.join(server.dataDir, 'files', storageKey)))
  return Object.entries(zip).map(([name, bytes]) => Buffer.concat([Buffer.from(name), bytes]))
}

/** A file, or each one below a folder; those that go while one reads are of other tests. */
function* filesBelow(place: string, wanted: (name: string) => boolean = () => true): Generator<Buffer> {
  const names = statSync(place).isDirectory()
    ? readdirSync(place, { recursive: true, encoding: 'utf8' })
    : ['']
  for (const name of names.filter(wanted)) {
    const bytes = contentOf(path.join(place, name))
    if (bytes) yield bytes
  }
}
function contentOf(file: string): Buffer | undefined {
  try {
    return statSync(file).isFile() ? readFileSync(file) : undefined
  } catch {
    return undefined
  }
}

/** Every table of a database, as COPY writes it for a dump. */
async function dumpOf(databaseName: string): Promise<Buffer[]> {
  return asAdmin(databaseName, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    )
    const dumps: Buffer[] = []
    for (const { name } of rows)
      dumps.push(await buffer(client.query(to(`copy (select * from ${name}) to stdout`))))
    return dumps
  })
}

test('no word of any note lies anywhere in the open, and what does lie in the open is found everywhere', async () => {
  const from = await asAdmin(undefined, walFile)
  const practice = await server.openPractice('Claire Moreau')
  await practice.join({ firstName: open, lastName: 'Fabre', profile: 'secretary' })
  const { id: patientId } = await server.tenants.databases.within(practice.tenantId, 'practitioner', (db) =>
    db
      .insertInto('patients')
      .values({ practitionerId: practice.holder.memberId, firstName: 'Hugo', lastName: 'Perrin' })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
  await writeNotes(practice.holder, patientId)
  log.info({ name: open }, 'a colleague came')
  const exported = await takeAway(practice.tenantId)

  const central = new URL(server.database.adminUrl).pathname.slice(1)
  const ours = await asAdmin(central, async (client) => {
    const folder = await one(client, 'show data_directory')
    // Read before the checkpoint: what it has no use for any more is written over.
    const to = await walFile(client)
    const wal = [...filesBelow(path.join(folder, 'pg_wal'), (file) => file >= from && file <= to)]
    await client.query('checkpoint')
    const { rows } = await client.query<{ oid: string }>(
      'select oid::text from pg_database where datname = any($1)',
      [[central, practice.databaseName]],
    )
    return { folder, wal, databases: rows }
  })
  const { rows: mails } = await server.anybody.call(listDemonstrationMails)
  const places: Record<string, Iterable<Buffer>> = {
    'the databases on disk': ours.databases.flatMap(({ oid }) => [
      ...filesBelow(path.join(ours.folder, 'base', oid)),
    ]),
    'the write-ahead log': ours.wal,
    'a dump of the practice': await dumpOf(practice.databaseName),
    'a dump of the central database': await dumpOf(central),
    'the export': exported,
    'the log': lines.map((line) => Buffer.from(line)),
    'the mails': mails.map((mail) => Buffer.from(JSON.stringify(mail))),
    // Sealed as a whole, or of no colleague's name: backups, keys, files.
    'the rest of the data folder': filesBelow(server.dataDir),
    // Not below `base`: databases of other tests come and go there.
    'the rest of PostgreSQL’s folder': readdirSync(ours.folder)
      .filter((name) => name !== 'base' && name !== 'pg_wal')
      .flatMap((name) => [...filesBelow(path.join(ours.folder, name))]),
  }
  const [secretForms, openForms] = [formsOf(secret), formsOf(open)]
  const found = Object.entries(places).map(([place, pieces]) => {
    const [ofSecret, ofOpen] = [new Set<string>(), new Set<string>()]
    for (const bytes of pieces) {
      for (const form of formsIn(bytes, secretForms)) ofSecret.add(form)
      for (const form of formsIn(bytes, openForms)) ofOpen.add(form)
    }
    return { place, secret: [...ofSecret], open: ofOpen.size > 0 }
  })
  expect(found.filter((line) => line.secret.length > 0)).toEqual([])
  expect(found.filter((line) => line.open).map(({ place }) => place)).toEqual(Object.keys(places).slice(0, 7))
}, 120_000)

test('each form is found wherever it stands', () => {
  const canary = newCanary()
  const utf16 = Buffer.from(`«${canary}»`, 'utf16le')
  const lying: [form: string, bytes: Buffer][] = [
    ['UTF-8', Buffer.from(`«${canary}»`)],
    ['UTF-16, little end first', utf16],
    ['UTF-16, big end first', Buffer.from(utf16).swap16()],
    ['Latin-1', Buffer.from(`x${canary}x`, 'latin1')],
    ['JSON-escaped', Buffer.from(`"${canary.replace('É', '\\u00c9').replace('ù', '\\u00f9')}"`)],
    ['in an address', Buffer.from(`/?q=${encodeURIComponent(`le ${canary}`)}`)],
    ['hex', Buffer.from(Buffer.from(`«${canary}»`).toString('hex'))],
    ['hex in capitals', Buffer.from(Buffer.from(`«${canary}»`).toString('hex').toUpperCase())],
    ['hex of UTF-16', Buffer.from(utf16.toString('hex'))],
  ]
  for (const shift of [0, 1, 2])
    for (const encoding of ['base64', 'base64url'] as const) {
      const text = `${'x'.repeat(shift)}${canary}yz`
      lying.push([`${encoding}, ${shift} bytes in`, Buffer.from(Buffer.from(text).toString(encoding))])
    }
  const forms = formsOf(canary)
  expect(lying.map(([form]) => form).toSorted()).toEqual([...forms.keys()].toSorted())
  for (const [form, bytes] of lying) expect(formsIn(bytes, forms), form).toContain(form)
})

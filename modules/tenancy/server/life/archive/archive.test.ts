import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { uuidv7 } from '#platform/server/ids.ts'
import { tenantFiles } from '#platform/server/tenant-files.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { testDatabase } from '../../../../../tests/harness/database.ts'
import { fill } from '../filling.ts'
import { contentsOf } from './copying.ts'
import { ArchiveRefused } from './damage.ts'
import type { Manifest } from './manifest.ts'
import { checkArchive, manifestIn, readArchive } from './reading.ts'
import { chunkBytes, sealed } from './sealing.ts'
import { tablesOf } from './tables.ts'
import { archiveOf } from './writing.ts'

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'mgp-archive-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))
const files = tenantFiles(dataDir)
const key = randomBytes(32)
const vault = vaultOf(key)
const whose = { tenantId: uuidv7(), backupId: uuidv7() }
const plane = (from: number) => String.fromCodePoint(from, from + 1)

/** Tables of every kind of value, and of every shape a table has. */
const schema = `
  create table schema_migrations (version integer primary key, name text, checksum text);
  insert into schema_migrations values (1, '0001_first', 'aa'), (2, '0002_second', 'bb');
  create table files (id uuid primary key, bytes bigint);
  create type mood as enum ('calme', 'inquiet');
  create table values_of_every_kind (
    id integer generated always as identity primary key,
    small smallint, big bigint, exact numeric, approximate double precision, yes boolean,
    words text, padded char(5), bytes bytea, document json, indexed jsonb, day date, clock time, moment timestamptz,
    wall timestamp, span interval, address inet, someone uuid, feeling mood, list text[], grid integer[][], period tstzrange,
    doubled bigint generated always as (big * 2) stored);
  create table "Odd ""name" ("a column" text primary key collate "C", "select" integer);
  create table keyless (word text);
  create table empty_one (id integer primary key);
  create table parents (id integer primary key);
  create table children (id integer primary key, parent integer references parents);
  create function never() returns trigger language plpgsql as $$ begin raise exception 'a trigger fired'; end $$;
  create sequence untouched;`

const rowsToKeep = `
  insert into values_of_every_kind (small, big, exact, approximate, yes, words, padded, bytes, document, indexed, day, clock, moment,
      wall, span, address, someone, feeling, list, grid, period)
    values (-32768, 9007199254740993, 'NaN', '-Infinity', true, E'tab\\t line\\n return\\r back\\\\slash \\\\N \\\\.', 'ab', '\\x00ff5c0a',
      '{"b": 1,  "a": 2}', '{"b": 1, "a": [null]}', '0044-03-15 BC', '24:00:00', '2026-10-25 02:30:00.123456+02', '2026-10-25 02:30',
      '1 year -2 mons 3 days 04:05:06.7', '2001:db8::1/64', gen_random_uuid(), 'inquiet', array['a,b', null, 'null', '"', '{}', ''],
      '{{1,2},{3,4}}', '[2026-01-01, infinity)'),
    (null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null),
    (0, 0, 0.10, 0.1, false, '', '', '', 'null', 'null', 'infinity', '00:00', '-infinity', 'infinity', '0', '127.0.0.1',
      gen_random_uuid(), 'calme', '{}', '{}', 'empty');
  insert into "Odd ""name" values ('é', 1), ('E', 2), ('\\.', 3);
  insert into keyless values ('twice'), ('twice'), (null);
  insert into parents values (1), (2);
  insert into children values (1, 2), (2, null);
  create trigger never before insert or delete on children for each row execute function never();`

const origin = await testDatabase({ empty: true })
const target = await testDatabase({ empty: true })
const from = await clientOf(origin.adminUrl)
const to = await clientOf(target.adminUrl)
await from.query(schema)
await to.query(schema)
await from.query(rowsToKeep)
await from.query('insert into values_of_every_kind (words, bytes) select $1, $2', [
  // Of each of the seventeen planes two characters, without halves and what PostgreSQL cannot hold.
  Array.from({ length: 17 }, (_, at) => plane(at * 0x10000 + (at === 0 ? 0x1f : 0))).join(''),
  randomBytes(16),
])
await from.query('insert into values_of_every_kind (words, bytes) values ($1, $2)', [
  'é😀'.repeat(150_000),
  randomBytes(1_000_000),
])
const content = randomBytes(3 * chunkBytes + 17)
const [kept, empty, lost] = [uuidv7(), uuidv7(), uuidv7()]
for (const [id, bytes] of [
  [kept, content],
  [empty, Buffer.alloc(0)],
] as const) {
  await files.put(whose.tenantId, id, bytes, vault)
  await from.query('insert into files values ($1, $2)', [id, bytes.length])
}
await from.query('insert into files values ($1, 5)', [lost])

let manifest: Manifest | undefined
const archive = await whole(
  sealed(
    whose,
    key,
    archiveOf({ client: from, files, vault, ...whose, madeAt: new Date() }, (told) => (manifest = told)),
  ),
)

test('what comes out of an archive is what went into it: every type, every plane, every shape of a table', async () => {
  await fill(to, async (put) => {
    let told: Manifest | undefined
    for await (const { head, data } of readArchive(whose, key, chopped(archive)))
      if (head.is === 'table') await put({ table: head.name, data })
      else if (head.is === 'manifest') told = await manifestIn(data)
    return told!
  })
  const tables = await tablesOf(from)
  expect(tables.map(({ name }) => name)).toEqual(
    ['Odd "name', 'children', 'empty_one', 'files', 'keyless', 'parents', 'values_of_every_kind'].toSorted(),
  )
  for (const table of tables) expect(await contentsOf(to, table)).toEqual(await contentsOf(from, table))
  const all = 'select * from values_of_every_kind order by id'
  expect((await to.query(all)).rows).toEqual((await from.query(all)).rows)
  // The next one is numbered after those that came.
  const { rows } = await to.query('insert into values_of_every_kind (words) values (null) returning id')
  expect(rows).toEqual([{ id: 6 }])
  expect(manifest?.migrations.map(({ version }) => version)).toEqual([1, 2])
})

test('files are in it as they came; one that is lost is said to be missing', async () => {
  const found = new Map<string, string>()
  for await (const { head, data } of readArchive(whose, key, chopped(archive)))
    if (head.is === 'file') found.set(head.id, digest(await whole(data)))
  expect(found).toEqual(
    new Map([
      [kept, digest(content)],
      [empty, digest(Buffer.alloc(0))],
    ]),
  )
  expect(manifest?.files.find(({ id }) => id === lost)).toEqual({ id: lost, missing: true })
})

test('neither a word nor a name of what it holds can be read without the key', () => {
  for (const word of ['inquiet', 'values_of_every_kind', kept]) expect(archive.includes(word)).toBe(false)
})

const sealedChunk = chunkBytes + 16
const headerBytes = 51
const chunks = Math.ceil((archive.length - headerBytes) / sealedChunk)

test('an archive that was changed anywhere is refused, and it is said where', async () => {
  expect(await checkArchive(whose, key, chopped(archive))).toEqual(manifest)
  expect(chunks).toBeGreaterThan(10)
  for (let at = 0; at < headerBytes; at++)
    await expect(check(changedAt(at)), `byte ${at} of the header`).rejects.toBeInstanceOf(ArchiveRefused)
  for (let chunk = 0; chunk < chunks; chunk++) {
    const begin = headerBytes + chunk * sealedChunk
    const end = Math.min(begin + sealedChunk, archive.length)
    for (const at of [begin, Math.floor((begin + end) / 2), end - 1])
      await expect(check(changedAt(at))).rejects.toMatchObject({
        code: 'archive_damaged',
        message: expect.stringContaining(`chunk ${chunk}, at byte ${begin}`),
      })
  }
})

test('one that was cut short, prolonged, or whose chunks stand in another order is refused', async () => {
  const cut = [0, 20, headerBytes, headerBytes + 10, headerBytes + sealedChunk, archive.length - 1]
  for (const length of cut)
    await expect(check(archive.subarray(0, length)), `${length} bytes`).rejects.toBeInstanceOf(ArchiveRefused)
  const chunk = (at: number) =>
    archive.subarray(headerBytes + at * sealedChunk, headerBytes + (at + 1) * sealedChunk)
  const withChunks = (...order: number[]) =>
    Buffer.concat([archive.subarray(0, headerBytes), ...order.map(chunk)])
  const inOrder = Array.from({ length: chunks }, (_, at) => at)
  expect(withChunks(...inOrder).equals(archive)).toBe(true)
  for (const order of [
    [1, 0, ...inOrder.slice(2)],
    inOrder.slice(1),
    [0, ...inOrder],
    [...inOrder, chunks - 1],
  ])
    await expect(check(withChunks(...order))).rejects.toMatchObject({ code: 'archive_damaged' })
  await expect(check(Buffer.concat([archive, Buffer.of(0)]))).rejects.toBeInstanceOf(ArchiveRefused)
})

test('one of another tenant or of another backup is refused, even with its header rewritten', async () => {
  const other = { tenantId: uuidv7(), backupId: uuidv7() }
  const swap = (offset: number, id: string) => {
    const forged = Buffer.from(archive)
    forged.set(Buffer.from(id.replaceAll('-', ''), 'hex'), offset)
    return forged
  }
  for (const wanted of [
    { ...whose, tenantId: other.tenantId },
    { ...whose, backupId: other.backupId },
  ])
    await expect(checkArchive(wanted, key, chopped(archive))).rejects.toMatchObject({
      code: 'archive_foreign',
    })
  await expect(
    checkArchive({ ...whose, tenantId: other.tenantId }, key, chopped(swap(8, other.tenantId))),
  ).rejects.toMatchObject({ code: 'archive_damaged' })
  await expect(checkArchive(whose, randomBytes(32), chopped(archive))).rejects.toMatchObject({
    code: 'archive_damaged',
  })
  await expect(checkArchive(whose, key, chopped(randomBytes(1_000)))).rejects.toMatchObject({
    code: 'archive_unknown',
  })
})

test('what does not hold together does not stay: a reference into nothing, a row too few', async () => {
  const again = await clientOf(target.adminUrl)
  const parents = { name: 'parents', columns: ['id'], order: 'id' }
  await expect(
    fill(again, async (put) => {
      await put({ table: 'children', data: chopped(Buffer.from('7\t8\n')) })
      const children = { name: 'children', columns: ['id', 'parent'], order: 'id' }
      return { tables: [await contentsOf(again, children)], sequences: [] }
    }),
  ).rejects.toMatchObject({ code: 'references_broken', message: 'children_parent_fkey' })
  await again.end()
  const oneMore = await clientOf(target.adminUrl)
  await expect(
    fill(oneMore, async () => ({ tables: [await contentsOf(from, parents)], sequences: [] })),
  ).rejects.toMatchObject({ code: 'rows_differ' })
  await oneMore.end()
  expect(await contentsOf(to, parents)).toEqual(await contentsOf(from, parents))
})

const check = (bytes: Buffer) => checkArchive(whose, key, chopped(bytes))

function changedAt(at: number): Buffer {
  const changed = Buffer.from(archive)
  changed[at] = changed[at]! ^ 1 // it is within
  return changed
}

/** As a disk or a network gives them: in pieces that respect nothing. */
async function* chopped(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 40_009) yield bytes.subarray(at, at + 40_009)
}

async function whole(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of source) parts.push(part)
  return Buffer.concat(parts)
}

async function clientOf(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  afterAll(() => client.end().catch(() => {}))
  return client
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

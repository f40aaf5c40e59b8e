import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openPayload } from '../payloads.ts'
import { introductionOf } from '../sequencing/introduction.ts'
import { signCheckpoint } from '../tree/checkpoints.ts'
import { leafHash } from '../tree/hashes.ts'
import { generateKey, parseVkey, type Signer } from '../tree/keys.ts'
import { decodeBundle, encodeBundle } from '../tree/tiles.ts'
import { soundLog, type LogCopy } from '../../../../tests/harness/sound-log.ts'
import type { Finding } from './findings.ts'

const support = randomUUID()
const clients = Array.from({ length: 7 }, () => randomUUID())

/** Two full tiles, the third begun; signed empty, and at 200, 450 and 700 entries. */
const log = await soundLog(
  (index) => ({
    actor: { type: 'staff', id: support },
    verb: index % 10 === 3 ? 'clients.tagged' : 'client.updated',
    object: { type: 'client', id: index % 10 === 3 ? undefined : clients[index % 7] },
    result: 'done',
    reason: index % 5 === 0 ? `demande nº ${index}` : undefined,
    ...(index % 10 === 3
      ? { after: { ids: [clients[0], clients[1]] } }
      : { before: { city: 'Nancy' }, after: { city: `Metz ${index}` } }),
    origin: { ip: `192.0.2.${index % 250}`, userAgent: 'Firefox' },
  }),
  [200, 450, 700],
)

/** A copy of the log that was just accepted. */
async function accepted(): Promise<LogCopy> {
  const copy = await log.copy()
  expect(await copy.verify()).toMatchObject({
    sound: true,
    size: 700,
    entries: 700,
    payloadsOpened: 700,
    checkpoints: 4,
    findings: [],
  })
  return copy
}

/** What is said first, and that the log is not sound. */
async function firstOf(
  copy: LogCopy,
  order: Parameters<LogCopy['verify']>[0] = {},
): Promise<Partial<Finding>> {
  const { sound, findings } = await copy.verify(order)
  expect(sound).toBe(false)
  return findings[0] ?? {}
}

const entryId = async ({ admin }: LogCopy, index: number): Promise<string> => {
  const { rows } = await admin.query<{ entry_id: string }>(
    'SELECT entry_id FROM audit_leaves WHERE index = $1',
    [index],
  )
  return rows[0]!.entry_id // it is there
}
const editEntry = async (copy: LogCopy, index: number) =>
  copy.admin.query(
    `UPDATE audit_entries SET leaf = replace(leaf, 'client.updated', 'client.created') WHERE id = $1`,
    [await entryId(copy, index)],
  )
const forged = (entry: Buffer) => Buffer.from(entry.toString().replace('client.updated', 'client.created'))

/** Changes one entry in a published bundle, and on demand its hash in the tile. */
function editPublished(copy: LogCopy, index: number, { withTile = false } = {}): Buffer {
  const group = String(Math.floor(index / 256)).padStart(3, '0')
  const place = index % 256
  const wide = group === '002' ? '002.p/188' : group
  const entries = decodeBundle(copy.read(`tile/entries/${wide}`))
  entries[place] = forged(entries[place]!) // in the group
  copy.write(`tile/entries/${wide}`, encodeBundle(entries))
  const hash = leafHash(entries[place])
  if (withTile) {
    const tile = copy.read(`tile/0/${wide}`)
    hash.copy(tile, place * 32)
    copy.write(`tile/0/${wide}`, tile)
  }
  return hash
}

describe('an entry', () => {
  test('edited in the database is named', async () => {
    const copy = await accepted()
    await editEntry(copy, 301)
    expect(await firstOf(copy)).toMatchObject({
      kind: 'entry_edited',
      index: 301,
      entryId: await entryId(copy, 301),
      what: expect.stringContaining('Entry 301'),
    })
  })

  test('edited in the database with its hash is named', async () => {
    const copy = await accepted()
    await editEntry(copy, 650)
    await copy.admin.query(
      `UPDATE audit_leaves SET hash = sha256('\\x00'::bytea || convert_to(leaf, 'UTF8')) FROM audit_entries
       WHERE id = entry_id AND index = 650`,
    )
    expect(await firstOf(copy)).toMatchObject({ kind: 'entry_edited', index: 650 })
  })

  test('edited in the published bundle only is named as such', async () => {
    const copy = await accepted()
    editPublished(copy, 257)
    expect((await copy.verify()).findings).toMatchObject([
      { kind: 'bundle_edited', index: 257, values: { path: 'tile/entries/001' } },
    ])
  })

  test.for([100, 600])(
    'edited at %i in bundle and level-0 tile together is named (CVE-2026-56865)',
    async (index) => {
      const copy = await accepted()
      editPublished(copy, index, { withTile: true })
      expect((await copy.verify()).findings).toMatchObject([{ kind: 'bundle_and_tile_edited', index }])
    },
  )

  test('edited everywhere below what was signed is found in its tile by the level above', async () => {
    const copy = await accepted()
    await editEntry(copy, 302)
    const hash = editPublished(copy, 302, { withTile: true })
    await copy.admin.query('UPDATE audit_leaves SET hash = $1 WHERE index = 302', [hash])
    expect(await firstOf(copy)).toMatchObject({
      kind: 'entries_rewritten',
      index: 256,
      values: { last: 511 },
    })
  })

  test('edited everywhere, tiles of all levels too, is found between two signed heads', async () => {
    const copy = await accepted()
    await editEntry(copy, 601)
    const hash = editPublished(copy, 601, { withTile: true })
    await copy.admin.query('UPDATE audit_leaves SET hash = $1 WHERE index = 601', [hash])
    expect(await firstOf(copy)).toMatchObject({ kind: 'root_differs', index: 450, values: { size: 700 } })
  })

  test('shown with another column than its text says is named', async () => {
    const copy = await accepted()
    await copy.admin.query(`
      ALTER TABLE audit_entries DISABLE TRIGGER read_leaf;
      UPDATE audit_entries SET verb = 'client.read' FROM audit_leaves WHERE entry_id = id AND index = 42`)
    expect(await firstOf(copy)).toMatchObject({
      kind: 'column_edited',
      index: 42,
      values: { column: 'verb' },
    })
  })

  test('filed under other objects than its payload names is named', async () => {
    const copy = await accepted()
    await copy.admin.query(
      `UPDATE audit_entries SET object_ids = ARRAY['somebody else'] FROM audit_leaves WHERE entry_id = id AND index = 43`,
    )
    expect(await firstOf(copy)).toMatchObject({ kind: 'object_ids_edited', index: 43 })
  })
})

describe('a row', () => {
  test.for([
    ['with its number', 'DELETE FROM audit_entries USING audit_leaves WHERE entry_id = id AND index = 260;'],
    ['and its number left', ''],
  ])('deleted %s is named', async ([, alsoEntry]) => {
    const copy = await accepted()
    const id = await entryId(copy, 260)
    if (alsoEntry) await copy.admin.query(`${alsoEntry} DELETE FROM audit_leaves WHERE index = 260`)
    else await copy.admin.query('DELETE FROM audit_entries WHERE id = $1', [id])
    expect(await firstOf(copy)).toMatchObject({
      kind: 'row_deleted',
      index: 260,
      entryId: id,
      values: { count: 1 },
    })
  })

  test('deleted and those after it moved up to hide the gap is named, and it alone', async () => {
    const copy = await accepted()
    const id = await entryId(copy, 255)
    await copy.admin.query(
      `
      DELETE FROM audit_leaves WHERE index = 255; DELETE FROM audit_entries WHERE id = '${id}';
      UPDATE audit_leaves SET index = -index WHERE index > 255; UPDATE audit_leaves SET index = -index - 1 WHERE index < 0`.replace(
        'UPDATE audit_leaves SET index = -index WHERE',
        'ALTER TABLE audit_leaves DROP CONSTRAINT audit_leaves_index_check; UPDATE audit_leaves SET index = -index WHERE',
      ),
    )
    expect(await copy.verify().then(({ findings }) => findings)).toMatchObject([
      { kind: 'row_deleted', index: 255, entryId: id, values: { count: 1 } },
    ])
  })

  test('inserted between others is named, and it alone', async () => {
    const copy = await accepted()
    const id = randomUUID()
    await copy.admin.query(`
      ALTER TABLE audit_leaves DROP CONSTRAINT audit_leaves_index_check;
      UPDATE audit_leaves SET index = -index WHERE index >= 300; UPDATE audit_leaves SET index = -index + 1 WHERE index < 0;
      INSERT INTO audit_entries (leaf, written_at)
        SELECT regexp_replace(regexp_replace(leaf, '"id":"[0-9a-f-]{36}","object"', '"id":"${id}","object"'), '"commitment":"[0-9a-f]+",', ''), written_at
        FROM audit_entries JOIN audit_leaves ON entry_id = id WHERE index = 299;
      INSERT INTO audit_leaves SELECT 300, id, sha256('\\x00'::bytea || convert_to(leaf, 'UTF8')) FROM audit_entries WHERE id = '${id}'`)
    expect((await copy.verify()).findings).toMatchObject([
      { kind: 'row_inserted', index: 300, entryId: id, values: { count: 1 } },
    ])
  })

  test.for([
    [10, 11],
    [250, 260],
    [20, 690],
  ])('swapped with another, %i and %i, is named with it', async ([one, other]) => {
    const copy = await accepted()
    const ids = [await entryId(copy, one!), await entryId(copy, other!)]
    await copy.admin.query(`
      ALTER TABLE audit_leaves DROP CONSTRAINT audit_leaves_index_check;
      UPDATE audit_leaves SET index = -1 WHERE index = ${one};
      UPDATE audit_leaves SET index = ${one} WHERE index = ${other};
      UPDATE audit_leaves SET index = ${other} WHERE index = -1`)
    const { findings } = await copy.verify()
    expect(findings.filter(({ kind }) => kind !== 'clock_turned_back')).toMatchObject([
      { kind: 'rows_swapped', index: one, entryId: ids[0], values: { other } },
    ])
    expect(findings[0]?.index).toBe(one)
  })
})

describe('the last rows', () => {
  test('deleted are counted from the first of them', async () => {
    const copy = await accepted()
    await copy.admin.query('DELETE FROM audit_leaves WHERE index >= 690')
    expect(await firstOf(copy)).toMatchObject({
      kind: 'last_rows_deleted',
      index: 690,
      values: { size: 700, count: 10 },
    })
  })

  test('deleted with their checkpoint are missed by the published one', async () => {
    const copy = await accepted()
    await copy.admin.query(
      'DELETE FROM audit_leaves WHERE index >= 450; DELETE FROM audit_checkpoints WHERE size = 700',
    )
    const { findings } = await copy.verify()
    expect(findings[0]).toMatchObject({ kind: 'last_rows_deleted', index: 450, values: { count: 250 } })
    expect(findings.map(({ kind }) => kind)).toContain('checkpoint_deleted')
  })

  test('deleted with all that tells of them are missed by whoever kept a checkpoint', async () => {
    const copy = await accepted()
    const note = copy.read('checkpoint').toString()
    const before = await log.copy()
    await copy.admin.query(`
      DELETE FROM audit_entries USING audit_leaves WHERE entry_id = id AND index >= 450;
      DELETE FROM audit_leaves WHERE index >= 450; DELETE FROM audit_checkpoints WHERE size = 700`)
    const { rows } = await before.admin.query<{ note: string }>(
      'SELECT note FROM audit_checkpoints WHERE size = 450',
    )
    copy.write('checkpoint', Buffer.from(rows[0]!.note)) // signed at 450
    const told = (await copy.verify()).findings.filter(({ kind }) => !kind.endsWith('_missing'))
    // Unless what was published of them went too.
    expect(told).toMatchObject([{ kind: 'published_beyond_the_head', values: { size: 700, head: 450 } }])
    expect(await firstOf(copy, { checkpoints: [{ place: 'kept.txt', note }] })).toMatchObject({
      kind: 'last_rows_deleted',
      index: 450,
      values: { size: 700, count: 250 },
    })
  })
})

describe('a checkpoint', () => {
  const stranger = generateKey('backoffice.example/audit/log').signer

  test('re-signed with another key is named with that key', async () => {
    const copy = await accepted()
    const { rows } = await copy.admin.query<{ root: Buffer }>(
      'SELECT root FROM audit_checkpoints WHERE size = 700',
    )
    const note = signCheckpoint({ origin: stranger.vkey.name, size: 700, root: rows[0]!.root }, stranger)
    await copy.admin.query('UPDATE audit_checkpoints SET note = $1 WHERE size = 700', [note])
    copy.write('checkpoint', Buffer.from(note))
    const { sound, findings } = await copy.verify()
    expect(sound).toBe(false)
    expect(findings).toMatchObject([
      { kind: 'checkpoint_signature', what: expect.stringContaining(stranger.vkey.id) },
      { kind: 'checkpoint_signature' },
    ])
  })

  test('re-signed with a key that was put in place of the log’s is named by whoever holds the true one', async () => {
    const copy = await accepted()
    const { rows } = await copy.admin.query<{ size: string; root: Buffer }>(
      'SELECT size, root FROM audit_checkpoints',
    )
    for (const { size, root } of rows) {
      const note = signCheckpoint({ origin: stranger.vkey.name, size: Number(size), root }, stranger)
      await copy.admin.query('UPDATE audit_checkpoints SET note = $1 WHERE size = $2', [note, size])
      if (Number(size) === 700) copy.write('checkpoint', Buffer.from(note))
    }
    await copy.admin.query('UPDATE audit_keys SET vkey = $1', [stranger.vkey.text])
    copy.write('vkey', Buffer.from(stranger.vkey.text))
    // Nothing inside the house tells.
    expect(await copy.verify()).toMatchObject({ sound: true, pinned: false })
    const { findings } = await copy.verify({ keys: [parseVkey(copy.vkey)] })
    expect(findings.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['key_differs', 'checkpoint_signature']),
    )
  })

  test('by a second key is believed once a key of the log introduced it, and named before', async () => {
    const copy = await accepted()
    const second = generateKey('backoffice.example/audit/log').signer
    const third = generateKey('backoffice.example/audit/log').signer
    const { rows } = await copy.admin.query<{ root: Buffer }>(
      'SELECT root FROM audit_checkpoints WHERE size = 700',
    )
    const note = signCheckpoint({ origin: third.vkey.name, size: 700, root: rows[0]!.root }, third)
    await copy.admin.query('UPDATE audit_checkpoints SET note = $1 WHERE size = 700', [note])
    copy.write('checkpoint', Buffer.from(note))
    const know = (key: Signer, introduction: string | null) =>
      copy.admin.query(
        `INSERT INTO audit_keys (vkey, origin, introduction) VALUES ($1, $2, $3)
         ON CONFLICT (vkey) DO UPDATE SET introduction = $3`,
        [key.vkey.text, key.vkey.name, introduction],
      )
    const unknown = async () => (await copy.verify()).findings.map(({ kind, values }) => [kind, values.found])
    await know(third, null)
    expect(await unknown()).toEqual([['key_not_introduced', third.vkey.text]])
    // By itself, or about another.
    for (const about of [introductionOf(third.vkey, third), introductionOf(second.vkey, log.signer)]) {
      await know(third, about)
      expect(await unknown()).toEqual([['key_not_introduced', third.vkey.text]])
    }
    await know(third, introductionOf(third.vkey, second))
    await know(second, introductionOf(second.vkey, log.signer))
    expect(await unknown()).toEqual([])
    await know(third, null)
    const keys = [parseVkey(copy.vkey), third.vkey, second.vkey]
    expect(await copy.verify({ keys })).toMatchObject({ sound: true })
  })

  test('whose row says another root than its signed text is named', async () => {
    const copy = await accepted()
    await copy.admin.query(`UPDATE audit_checkpoints SET root = sha256('') WHERE size = 450`)
    expect(await firstOf(copy)).toMatchObject({ kind: 'checkpoint_edited', values: { size: 450 } })
  })

  test('of a fork, shown to another reader, is found after the last size both agree on', async () => {
    const copy = await accepted()
    // The fork: the same log up to 450, then other entries, signed with the log's own key.
    const fork = await log.copy()
    await fork.admin.query(`
      DELETE FROM audit_leaves WHERE index >= 450; DELETE FROM audit_checkpoints WHERE size > 450`)
    await fork.admin.query(
      `UPDATE audit_entries SET leaf = replace(leaf, 'client.updated', 'client.created')
       WHERE NOT EXISTS (SELECT FROM audit_leaves WHERE entry_id = id)`,
    )
    const { rows } = await fork.admin.query<{ note: string }>(
      'SELECT note FROM audit_checkpoints WHERE size = 450',
    )
    fork.write('checkpoint', Buffer.from(rows[0]!.note))
    await fork.sequence()
    const note = fork.read('checkpoint').toString()
    expect(note).toContain('\n700\n')
    expect(await firstOf(copy, { checkpoints: [{ place: 'from-the-auditor.txt', note }] })).toMatchObject({
      kind: 'fork',
      index: 450,
      values: { place: 'from-the-auditor.txt', size: 700 },
    })
  })

  test('that is older, kept by somebody, is what the log grew out of', async () => {
    const copy = await accepted()
    const { rows } = await copy.admin.query<{ note: string }>(
      'SELECT note FROM audit_checkpoints ORDER BY size',
    )
    const checkpoints = rows.map(({ note }, at) => ({ place: `kept ${at}`, note }))
    expect(await copy.verify({ checkpoints })).toMatchObject({ sound: true })
  })

  test('replaced by an older one where it is published is noticed', async () => {
    const copy = await accepted()
    const { rows } = await copy.admin.query<{ note: string }>(
      'SELECT note FROM audit_checkpoints WHERE size = 200',
    )
    copy.write('checkpoint', Buffer.from(rows[0]!.note))
    expect(await firstOf(copy)).toMatchObject({
      kind: 'checkpoint_file_behind',
      values: { size: 200, newest: 700 },
    })
  })
})

describe('a payload', () => {
  test('edited is named', async () => {
    const copy = await accepted()
    const id = await entryId(copy, 333)
    await copy.admin.query(
      'UPDATE audit_payloads SET sealed = set_byte(sealed, 60, get_byte(sealed, 60) # 1) WHERE entry_id = $1',
      [id],
    )
    expect(await firstOf(copy)).toMatchObject({ kind: 'payload_edited', index: 333, entryId: id })
  })

  test('exchanged with another entry’s is named for both', async () => {
    const copy = await accepted()
    const [one, other] = [await entryId(copy, 5), await entryId(copy, 7)]
    await copy.admin.query(
      `UPDATE audit_payloads mine SET sealed = theirs.sealed FROM audit_payloads theirs
       WHERE (mine.entry_id, theirs.entry_id) IN (($1, $2), ($2, $1))`,
      [one, other],
    )
    expect((await copy.verify()).findings).toMatchObject([
      { kind: 'payload_edited', index: 5 },
      { kind: 'payload_edited', index: 7 },
    ])
  })

  test('put in unsealed, as before the tree, is held against the commitment too', async () => {
    const copy = await accepted()
    await copy.admin.query(
      `UPDATE audit_payloads SET sealed = '\\x00' || decode(repeat('61', 40), 'hex') WHERE entry_id = $1`,
      [await entryId(copy, 12)],
    )
    expect(await firstOf(copy)).toMatchObject({ kind: 'payload_edited', index: 12 })
  })

  test('deleted without an erasure is named', async () => {
    const copy = await accepted()
    await copy.admin.query('DELETE FROM audit_payloads WHERE entry_id = $1', [await entryId(copy, 699)])
    expect(await firstOf(copy)).toMatchObject({ kind: 'payload_missing', index: 699 })
  })

  test('deleted under cover of an erasure that the log did not sign is named, and so is the erasure', async () => {
    const copy = await accepted()
    await copy.admin.query('DELETE FROM audit_payloads WHERE entry_id = $1', [await entryId(copy, 699)])
    await copy.admin.query(
      `INSERT INTO audit_erasures (kind, before, reason, entry_id, done_at, erased, certificate)
       VALUES ('age', now() - interval '7 months', 'cleaning up', $1, now(), 1, E'I say so\\n')`,
      [randomUUID()],
    )
    expect((await copy.verify()).findings.map(({ kind }) => kind)).toEqual([
      'payload_missing',
      'erasure_wrong',
    ])
  })

  test('asked to be erased by a row that no entry asks for is named while it waits', async () => {
    const copy = await accepted()
    const id = randomUUID()
    await copy.admin.query(
      `INSERT INTO audit_erasures (id, kind, before, reason, entry_id) VALUES ($1, 'age', now() - interval '7 months', 'x', $2)`,
      [id, await entryId(copy, 3)],
    )
    expect((await copy.verify()).findings).toMatchObject([
      { kind: 'erasure_unfounded', values: { erasure: id } },
    ])
  })

  test('filed under another time, where nobody looks for its address, is named', async () => {
    const copy = await accepted()
    await copy.admin.query(`UPDATE audit_payloads SET at = at - interval '1 year' WHERE entry_id = $1`, [
      await entryId(copy, 9),
    ])
    expect((await copy.verify()).findings).toMatchObject([{ kind: 'payload_at_edited', index: 9 }])
  })

  test('laid open, and no longer filed under its address, is named for both', async () => {
    const copy = await accepted()
    const id = await entryId(copy, 10)
    const { rows } = await copy.admin.query<{ sealed: Buffer }>(
      'SELECT sealed FROM audit_payloads WHERE entry_id = $1',
      [id],
    )
    const { salted } = openPayload(log.vault, id, rows[0]!.sealed) // it is there
    await copy.admin.query('UPDATE audit_payloads SET sealed = $2, ip_index = NULL WHERE entry_id = $1', [
      id,
      Buffer.concat([Buffer.of(0), salted]),
    ])
    expect((await copy.verify()).findings).toMatchObject([
      { kind: 'payload_unsealed', index: 10 },
      { kind: 'ip_index_edited', index: 10 },
    ])
  })

  test('filed under another address than it tells is named', async () => {
    const copy = await accepted()
    await copy.admin.query('UPDATE audit_payloads SET ip_index = NULL WHERE entry_id = $1', [
      await entryId(copy, 8),
    ])
    expect(await firstOf(copy)).toMatchObject({ kind: 'ip_index_edited', index: 8 })
  })
})

describe('a published file', () => {
  test('a tile truncated is named from the first hash it lacks', async () => {
    const copy = await accepted()
    copy.write('tile/0/001', copy.read('tile/0/001').subarray(0, 32 * 100 + 5))
    expect((await copy.verify()).findings).toMatchObject([
      { kind: 'tile_truncated', index: 356, values: { path: 'tile/0/001' } },
    ])
  })

  test('the tile of an upper level truncated, edited or removed is named', async () => {
    const copy = await accepted()
    const tile = copy.read('tile/1/000.p/2')
    copy.write('tile/1/000.p/2', tile.subarray(0, 32))
    expect(await firstOf(copy)).toMatchObject({
      kind: 'tile_truncated',
      index: 256,
      values: { path: 'tile/1/000.p/2' },
    })
    copy.write('tile/1/000.p/2', Buffer.concat([tile.subarray(0, 63), Buffer.of(tile[63]! ^ 1)]))
    expect(await firstOf(copy)).toMatchObject({ kind: 'tile_edited', index: 256 })
  })

  test('a bundle truncated is named from the first entry it lacks', async () => {
    const copy = await accepted()
    const bundle = copy.read('tile/entries/002.p/188')
    const lengths = decodeBundle(bundle).map((entry) => entry.length + 2)
    const upTo150 = lengths.slice(0, 150).reduce((sum, length) => sum + length, 0)
    copy.write('tile/entries/002.p/188', bundle.subarray(0, upTo150 + 1))
    expect((await copy.verify()).findings).toMatchObject([{ kind: 'bundle_truncated', index: 512 + 150 }])
  })

  test.for([
    ['tile/0/002', 768],
    ['tile/entries/002', 768],
    ['tile/0/003.p/1', 769],
    ['tile/1/000.p/3', 768],
    ['tile/2/000.p/1', 65_536],
  ] as const)('%s, of a longer log than there is, is named', async ([path, size]) => {
    const copy = await accepted()
    fs.mkdirSync(`${copy.folder}/${path.slice(0, path.lastIndexOf('/'))}`, { recursive: true })
    copy.write(path, Buffer.alloc(64))
    expect(await copy.verify().then(({ findings }) => findings)).toContainEqual(
      expect.objectContaining({
        kind: 'published_beyond_the_head',
        values: { path, size, head: 700 },
      }),
    )
  })

  test('one with something behind its end is named', async () => {
    const copy = await accepted()
    copy.write('tile/0/000', Buffer.concat([copy.read('tile/0/000'), Buffer.of(0)]))
    expect((await copy.verify()).findings).toMatchObject([
      { kind: 'tile_edited', values: { path: 'tile/0/000' } },
    ])
  })
})

test('no bit of anything published can be another, and no file shorter or gone', async () => {
  const copy = await accepted()
  const files = fs
    .globSync('**', { cwd: copy.folder, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.drafts'))
    .map((entry) => path.relative(copy.folder, path.join(entry.parentPath, entry.name)))
  // The head and the key, three bundles and their tiles, and of the tile above them two pictures.
  expect(files).toHaveLength(2 + 2 * 3 + 2)
  const tamper = fc.record({
    file: fc.constantFrom(...files),
    how: fc.constantFrom('flipped', 'shortened', 'removed'),
    place: fc.nat(),
  })
  await fc.assert(
    fc.asyncProperty(tamper, async ({ file, how, place }) => {
      // The picture of an older size may go: a larger one holds all of it.
      fc.pre(file !== 'tile/1/000.p/1' || how !== 'removed')
      const whole = copy.read(file)
      // The newline at the end of the key's file says nothing.
      const at = place % (whole.length - 1)
      const flipped = Buffer.from(whole)
      flipped[at]! ^= 1 << (place % 8)
      if (how === 'removed') fs.rmSync(path.join(copy.folder, file))
      else copy.write(file, how === 'flipped' ? flipped : whole.subarray(0, at))
      const { sound } = await copy.verify()
      copy.write(file, whole)
      expect(sound).toBe(false)
    }),
    { numRuns: 40 },
  )
  expect(await copy.verify()).toMatchObject({ sound: true })
})

describe('the clock', () => {
  test('turned back is noticed against the database’s own and against the entries before', async () => {
    const copy = await accepted()
    const { rows } = await copy.admin.query<{ time: string }>(
      `SELECT leaf::jsonb ->> 'time' AS time FROM audit_entries JOIN audit_leaves ON entry_id = id WHERE index = 100`,
    )
    const id = randomUUID()
    await copy.admin.query('SET session_replication_role = origin')
    const leaf = `{"actor":{"id":"system","type":"system"},"id":"${id}","object":{"type":"thing"},"result":"done","time":"${rows[0]!.time}","v":1,"verb":"thing.done"}`
    await copy.admin.query('INSERT INTO audit_entries (leaf) VALUES ($1)', [leaf])
    await copy.sequence()
    expect((await copy.verify()).findings).toMatchObject([
      { kind: 'clock_turned_back', index: 700, entryId: id },
    ])

    await copy.admin.query('INSERT INTO audit_entries (leaf, written_at) VALUES ($1, $2)', [
      leaf.replace(id, randomUUID()),
      rows[0]!.time,
    ])
    await copy.sequence()
    expect((await copy.verify()).findings).toMatchObject([
      { kind: 'clock_turned_back', index: 700 },
      { kind: 'clock_turned_back', index: 701 },
    ])
  })
})

test('an entry that is dated far ahead says nothing about those after it', async () => {
  const copy = await accepted()
  const write = (time: string) =>
    copy.admin.query('INSERT INTO audit_entries (leaf) VALUES ($1)', [
      `{"actor":{"id":"system","type":"system"},"id":"${randomUUID()}","object":{"type":"thing"},"result":"done","time":"${time}","v":1,"verb":"thing.done"}`,
    ])
  await write('2099-01-01T00:00:00.000Z')
  await copy.sequence()
  for (let count = 0; count < 5; count++) await write(new Date().toISOString())
  await copy.sequence()
  expect((await copy.verify()).findings).toMatchObject([{ kind: 'clock_turned_back', index: 700 }])
})

test('an entry that is not written as entries are is named with the member and why', async () => {
  const copy = await accepted()
  await copy.admin.query(
    `CREATE OR REPLACE FUNCTION audit_leaf_is_ours(entry jsonb) RETURNS boolean LANGUAGE sql RETURN true`,
  )
  await copy.admin.query(`INSERT INTO audit_entries (leaf) VALUES ($1)`, [
    `{"actor":{"id":"a","type":"staff"},"id":"${randomUUID()}","object":{"type":"thing"},"result":"done","time":"${new Date().toISOString()}","v":2,"verb":"thing.done"}`,
  ])
  await copy.sequence()
  expect(await firstOf(copy)).toMatchObject({
    kind: 'not_a_leaf',
    index: 700,
    values: { why: expect.stringMatching(/^v: \S/) },
  })
})

describe('an entry that waits', () => {
  test.for([
    ['under a transaction of long ago', "'3', clock_timestamp() - interval '1 minute'"],
    ['and claims to be written tomorrow', "'3', clock_timestamp() + interval '1 day'"],
  ])('for its number %s is named', async ([, claims]) => {
    const copy = await accepted()
    const id = randomUUID()
    await copy.admin.query(`INSERT INTO audit_entries (leaf, xid, written_at) VALUES ($1, ${claims})`, [
      `{"actor":{"id":"system","type":"system"},"id":"${id}","object":{"type":"thing"},"result":"done","time":"${new Date().toISOString()}","v":1,"verb":"thing.done"}`,
    ])
    expect((await copy.verify()).findings).toMatchObject([{ kind: 'unnumbered', entryId: id }])
  })

  test('for its number longer than the sequencer takes is named, and not before', async () => {
    const copy = await accepted()
    const id = randomUUID()
    await copy.admin.query('INSERT INTO audit_entries (leaf) VALUES ($1)', [
      `{"actor":{"id":"system","type":"system"},"id":"${id}","object":{"type":"thing"},"result":"done","time":"${new Date().toISOString()}","v":1,"verb":"thing.done"}`,
    ])
    expect(await copy.verify({ lagMs: 600_000 })).toMatchObject({ sound: true })
    expect(await firstOf(copy, { lagMs: 0 })).toMatchObject({
      kind: 'unnumbered',
      entryId: id,
      values: { count: 1 },
    })
  })

  test('for its signature longer than that is named', async () => {
    const copy = await accepted()
    await copy.admin.query('DELETE FROM audit_checkpoints WHERE size = 700')
    const { rows } = await copy.admin.query<{ note: string }>(
      'SELECT note FROM audit_checkpoints WHERE size = 450',
    )
    copy.write('checkpoint', Buffer.from(rows[0]!.note))
    const { findings } = await copy.verify()
    expect(findings.find(({ kind }) => kind === 'unsigned')).toMatchObject({
      index: 450,
      values: { count: 250, signed: 450 },
    })
  })
})

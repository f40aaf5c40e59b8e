import { expect, onTestFinished, test } from 'vitest'
import { requestErasure } from '#contract/audit'
import { openPool, centralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { soundLog } from '../../../../tests/harness/sound-log.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { tellPast } from '../past.ts'
import { logFolder, signingKeyFile } from '../sequencing/folders.ts'
import { sequenceOnce } from '../sequencing/sequencer.ts'
import { generateKey } from '../tree/keys.ts'
import { signatureLine, splitNote } from '../tree/notes.ts'
import { verifyLog } from './verify-log.ts'

/** A character of each plane of Unicode, its last one where it has no other, and what JSON and SQL write otherwise. */
const planes = Array.from({ length: 17 }, (_, plane) => String.fromCodePoint(plane * 0x10000 + 0xfffd)).join(
  '',
)
const awkward = `é\u0301 « L’Haÿ » \u2028\u2029 "\\/ \b\f\n\r\t\u007f 👩‍👩‍👧 𝔘 ${planes}`

test('a log of characters of every plane, of payloads of a megabyte and of the longest entries is sound', async () => {
  const megabyte = 'é𝔘x'.repeat(150_000)
  const log = await soundLog(
    (index) => ({
      actor: { type: 'system', id: awkward },
      verb: 'thing.changed',
      object: { type: 'thing', id: index === 5 ? 'x'.repeat(2_000) : `${index} ${awkward}` },
      reason: index === 3 ? 'é'.repeat(30_000) : awkward,
      ticket: awkward,
      result: 'done',
      // One commits to nothing.
      ...(index === 7
        ? {}
        : {
            before: { [awkward]: awkward },
            after: index % 10 === 0 ? { text: megabyte } : { ids: [awkward, `${index}`] },
            origin: { ip: '2001:db8::1', userAgent: awkward },
          }),
    }),
    [12, 40],
  )
  const copy = await log.copy()
  expect(await copy.verify()).toMatchObject({ sound: true, findings: [], size: 40, payloadsOpened: 39 })
})

test('a log without an entry is sound, signed or not', async () => {
  const log = await soundLog(
    () => ({ actor: { type: 'system', id: '' }, verb: '', object: { type: '' }, result: 'done' }),
    [0],
  )
  const copy = await log.copy()
  expect(await copy.verify()).toMatchObject({
    sound: true,
    findings: [],
    size: 0,
    entries: 0,
    checkpoints: 1,
  })
  await copy.admin.query('DELETE FROM audit_checkpoints; DELETE FROM audit_keys')
  expect(await copy.verify({ folder: '/nowhere' })).toMatchObject({
    sound: true,
    findings: [],
    checkpoints: 0,
  })
})

test('a log that grows while it is verified is sound at every look', async () => {
  const log = await soundLog(
    () => ({
      actor: { type: 'system', id: 'a' },
      verb: 'a.b',
      object: { type: 'c' },
      result: 'done',
      after: 1,
    }),
    [250],
  )
  const copy = await log.copy()
  let isGrowing = true
  const grow = async () => {
    // Past the end of a tile, whose partial ones are then removed.
    for (let turn = 0; turn < 12; turn++) {
      await copy.admin.query(
        `INSERT INTO audit_entries (leaf)
         SELECT '{"actor":{"id":"a","type":"system"},"id":"' || uuidv7() || '","object":{"type":"c"},"result":"done","time":"' ||
           to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","v":1,"verb":"a.b"}'
         FROM generate_series(1, 25)`,
      )
      await copy.sequence()
    }
    isGrowing = false
  }
  const look = async () => {
    const sizes: number[] = []
    while (isGrowing) {
      const { findings, size } = await copy.verify({ lagMs: 60_000 })
      expect(findings).toEqual([])
      sizes.push(size)
    }
    return sizes
  }
  const [, sizes] = await Promise.all([grow(), look()])
  expect(new Set(sizes).size).toBeGreaterThan(1)
  expect(await copy.verify({ lagMs: 60_000 })).toMatchObject({ sound: true, size: 550, entries: 550 })
})

test('cosignatures are verified where the witness’ key is given, and one that does not hold is named', async () => {
  const log = await soundLog(
    () => ({
      actor: { type: 'system', id: 'a' },
      verb: 'a.b',
      object: { type: 'c' },
      result: 'done',
      after: 1,
    }),
    [3],
  )
  const copy = await log.copy()
  const witness = generateKey('witness.example/w1', 0x04).signer
  const { text } = splitNote(copy.read('checkpoint').toString())
  const cosign = (line: string) =>
    copy.admin.query(
      `INSERT INTO audit_cosignatures (size, witness, kind, line) VALUES (3, 'w1', 'http', $1)
       ON CONFLICT (size, witness) DO UPDATE SET line = $1`,
      [line],
    )
  await cosign(signatureLine(text, witness, 1_800_000_000))
  expect(await copy.verify()).toMatchObject({ sound: true, cosignatures: { verified: 0, unknown: 1 } })
  const order = { witnesses: [witness.vkey] }
  expect(await copy.verify(order)).toMatchObject({ sound: true, cosignatures: { verified: 1, unknown: 0 } })
  await cosign(signatureLine(text.replace('3', '4'), witness, 1_800_000_000))
  expect((await copy.verify(order)).findings).toMatchObject([
    { kind: 'cosignature_wrong', values: { witness: 'w1', size: 3 } },
  ])
})

test('payloads that were erased on request are covered by the certificates, and by nothing more', async () => {
  const server = await testServer()
  const top = await server.as('super_administrator')
  const admin = openPool(server.database.adminUrl, { max: 1 })
  const app = openPool(server.database.appUrl, { max: 1 })
  onTestFinished(async () => void (await Promise.all([admin.end(), app.end()])))
  const [ines, paul, marc, roxane] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()]
  const others = [uuidv7(), uuidv7()]
  const long = (days: number) => new Date(Date.now() - days * 86_400_000)
  const told = async (days: number, by: string, about: { id?: string; ids?: string[] }) => {
    const at = long(days)
    const { id, ids } = about
    await tellPast(centralDb(admin), server.vault, [
      {
        id: uuidv7(at.getTime()),
        at,
        actor: { type: 'staff', id: by },
        verb: 'client.updated',
        object: { type: 'client', id },
        result: 'done',
        after: ids ? { ids } : { city: 'Metz' },
        origin: { ip: '192.0.2.7' },
      },
    ])
  }
  await told(400, ines, { id: uuidv7() })
  await told(30, paul, { id: uuidv7() })
  await told(20, ines, { id: roxane })
  await told(19, ines, { ids: [roxane, uuidv7()] })
  await told(18, ines, { id: uuidv7() })
  await told(17, marc, { ids: others })
  await admin.query('CREATE TABLE kept AS SELECT * FROM audit_payloads')
  const folder = logFolder(server.dataDir)
  const sequence = () =>
    sequenceOnce({
      databaseUrl: server.database.sequencerUrl,
      folder,
      keyFile: signingKeyFile(server.dataDir),
      origin: 'log.example/audit/log',
      durable: false,
    })
  // The demonstration's people signed in before: they stand in the tree first, and the past after them.
  const verify = async () => {
    const verification = await verifyLog(app, { folder, vault: server.vault, lagMs: 600_000 })
    return {
      ...verification,
      findings: verification.findings.filter(({ kind }) => kind !== 'clock_turned_back'),
    }
  }
  const ask = (body: object) =>
    top.call(requestErasure, { body: { reason: 'Registre, demande 12', ...body } as never }) // three shapes, tried in turn
  const before = long(2).toISOString()
  await ask({ kind: 'age', before: long(365).toISOString() })
  await ask({ kind: 'object', objectType: 'client', objectId: roxane, before })
  await ask({ kind: 'person', actorId: paul, before })
  await sequence()
  await sequence()
  expect(await verify()).toMatchObject({ findings: [], payloadsErased: 4 })

  await admin.query('SET session_replication_role = replica')
  const kindsOf = async () => (await verify()).findings.map(({ kind }) => kind)
  const rewritten = async (change: string, back: string) => {
    await admin.query(`UPDATE audit_erasures SET ${change} WHERE kind = 'person'`)
    expect(await kindsOf(), change).toEqual(['erasure_row_edited'])
    await admin.query(`UPDATE audit_erasures SET ${back} WHERE kind = 'person'`)
  }
  await rewritten(`reason = reason || '!'`, `reason = rtrim(reason, '!')`)
  await rewritten('erased = erased + 1', 'erased = erased - 1')
  await rewritten(`done_at = done_at + interval '1 day'`, `done_at = done_at - interval '1 day'`)
  await rewritten(`before = before - interval '1 day'`, `before = before + interval '1 day'`)
  await rewritten(`actor_id = '!' || actor_id`, `actor_id = ltrim(actor_id, '!')`)
  expect(await kindsOf()).toEqual([])

  const lose = (by: string) =>
    admin.query('DELETE FROM audit_payloads USING audit_log WHERE entry_id = id AND actor_id = $1', [by])
  const bring = (by: string) =>
    admin.query(
      'INSERT INTO audit_payloads SELECT kept.* FROM kept JOIN audit_log ON id = entry_id WHERE actor_id = $1',
      [by],
    )
  await bring(paul)
  expect(await kindsOf()).toEqual(['payload_came_back'])
  await lose(paul)

  // Numbered after the erasure: the certificate is of a tree without it, whatever time it claims.
  await told(30, paul, { id: uuidv7() })
  await sequence()
  expect(await kindsOf()).toEqual([])
  await admin.query(
    'INSERT INTO kept SELECT * FROM audit_payloads WHERE entry_id NOT IN (SELECT entry_id FROM kept)',
  )
  await lose(paul)
  expect(await kindsOf()).toEqual(['payload_missing'])
  await admin.query(
    'INSERT INTO audit_payloads SELECT kept.* FROM kept JOIN audit_log ON id = entry_id WHERE actor_id = $1 ORDER BY index DESC LIMIT 1',
    [paul],
  )

  // Another is made to name Roxane, whose erasure it would fall under.
  await lose(marc)
  await admin.query('UPDATE audit_entries SET object_ids = ARRAY[$2, object_ids[2]] WHERE actor_id = $1', [
    marc,
    roxane,
  ])
  expect(await kindsOf()).toEqual(['erasure_exceeded'])
  await bring(marc)
  await admin.query('UPDATE audit_entries SET object_ids = $2 WHERE actor_id = $1', [marc, others])
  expect(await kindsOf()).toEqual([])

  await admin.query(
    `DELETE FROM audit_payloads USING audit_log WHERE entry_id = id AND actor_id = $1 AND audit_log.at > $2`,
    [ines, long(19)],
  )
  expect((await verify()).findings.map(({ kind }) => kind)).toEqual(['payload_missing'])
  await admin.query(
    `UPDATE audit_erasures SET certificate = replace(certificate, 'kind: person', 'kind: age')`,
  )
  expect((await verify()).findings.map(({ kind }) => kind)).toEqual([
    'payload_missing',
    'payload_missing',
    'erasure_wrong',
  ])
})

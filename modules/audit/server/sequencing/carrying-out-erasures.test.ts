import fs from 'node:fs'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { uuidv7 } from '#platform/server/ids.ts'
import { freshLog, type FreshLog } from '../../../../tests/harness/fresh-log.ts'
import { someLeaf } from '../../../../tests/harness/log-writer.ts'
import { numbered, sequencerOf } from '../../../../tests/harness/sequencer.ts'
import { expectWholeLog } from '../../../../tests/harness/whole-log.ts'
import { bindingOf } from '../erasing/binding.ts'
import type { Leaf } from '../leaf.ts'
import { readCheckpoint } from '../tree/checkpoints.ts'
import { parseVkey } from '../tree/keys.ts'
import { openNote } from '../tree/notes.ts'
import { openSequencer } from './sequencer.ts'

const before = '2025-06-01T00:00:00.000Z'

/**
 * Three entries of old with a payload, and the request to erase them.
 * @param lie what the row says otherwise than its entry
 */
async function asked(
  reason = 'Registre 12',
  lie: { kind?: string; before?: string; objectId?: string; actorId?: string; reason?: string } = {},
  told: Partial<Leaf> = {},
): Promise<FreshLog & { erasureId: string }> {
  const log = await freshLog()
  const erasureId = randomUUID()
  const entryId = uuidv7(Date.now())
  const old = Array.from({ length: 3 }, () => someLeaf({ time: '2025-01-01T00:00:00.000Z' }))
  const request = someLeaf({
    id: entryId,
    verb: 'audit_payloads.erasure_requested',
    actor: { type: 'system', id: 'system' },
    object: { type: 'audit_payloads', id: erasureId },
    reason,
    ticket: bindingOf({ id: erasureId, kind: 'age', before: new Date(before), reason, requestedBy: null }),
    ...told,
  })
  await log.tamper('INSERT INTO audit_entries (leaf) SELECT unnest($1::text[])', [
    [...old, request].map(({ leaf }) => leaf),
  ])
  await log.tamper(
    `INSERT INTO audit_payloads (entry_id, at, sealed) SELECT id, at, '\\x00' FROM audit_entries`,
  )
  await log.tamper(
    `INSERT INTO audit_erasures (id, kind, before, reason, entry_id, actor_id, object_type, object_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      erasureId,
      lie.kind ?? 'age',
      lie.before ?? before,
      lie.reason ?? reason,
      entryId,
      lie.actorId ?? null,
      lie.objectId === undefined ? null : 'client',
      lie.objectId ?? null,
    ],
  )
  return { ...log, erasureId }
}

async function stateOf({ tamper }: FreshLog) {
  const { rows } = await tamper(
    `SELECT erased::int, certificate, done_at, (SELECT count(*)::int FROM audit_payloads) AS payloads FROM audit_erasures`,
  )
  return rows[0] as {
    erased: number | null
    certificate: string | null
    done_at: Date | null
    payloads: number
  }
}

describe('the certificate of an erasure', () => {
  test('says what was asked and done and which tree it left, signed with the key of the log', async () => {
    const log = await asked()
    const { size, root, note } = await numbered(log)
    const { certificate, done_at, erased, payloads } = await stateOf(log)
    expect([erased, payloads]).toEqual([3, 1])
    const vkey = parseVkey(fs.readFileSync(log.file('vkey'), 'utf8'))
    const { text } = openNote(certificate ?? '', [vkey])
    const requested = (await log.tamper('SELECT requested_at, entry_id FROM audit_erasures')).rows[0]
    const index = (
      await log.tamper('SELECT index FROM audit_leaves WHERE entry_id = $1', [requested.entry_id])
    ).rows[0].index
    expect(text).toBe(
      [
        'magestionpsy audit-payload-erasure v1',
        'log: localhost:3000/audit/log',
        `erasure: ${log.erasureId}`,
        `request: entry ${requested.entry_id} at index ${index}`,
        `requested: ${requested.requested_at.toISOString()}`,
        'reason: "Registre 12"',
        'kind: age',
        `older than: ${before}`,
        'payloads erased: 3',
        `done: ${done_at?.toISOString()}`,
        `tree: ${size} entries, root ${root.toString('base64')}`,
        '',
      ].join('\n'),
    )
    expect(openNote(note, [vkey]).text).not.toBe(text)
    expect(() => readCheckpoint(certificate ?? '')).toThrow()
    await expectWholeLog(log)
  })

  test('cannot be made to say more by a reason of several lines', async () => {
    const log = await asked('Registre\npayloads erased: 0\n\n— nobody AAAA')
    await numbered(log)
    const { certificate } = await stateOf(log)
    expect(certificate?.match(/^payloads erased: .*$/gm)).toEqual(['payloads erased: 3'])
    expect(certificate?.match(/^— /gm)).toHaveLength(1)
  })
})

describe('a row that its entry does not ask for', () => {
  test.for<[string, Parameters<typeof asked>[1], Partial<Leaf>]>([
    ['another limit', { before: '2025-06-02T00:00:00.000Z' }, {}],
    ['another kind', { kind: 'person', actorId: randomUUID() }, {}],
    ['an object', { kind: 'object', objectId: randomUUID() }, {}],
    ['another reason', { reason: 'Registre 13' }, {}],
    ['somebody else’s wish', {}, { actor: { type: 'staff', id: randomUUID() } }],
    ['no binding', {}, { ticket: undefined }],
    ['a refusal', {}, { result: 'refused' }],
  ])('(%s) erases nothing, and is told of once', async ([, lie, told]) => {
    const log = await asked('Registre 12', lie, told)
    const errors: object[] = []
    const sequencer = await openSequencer({
      ...sequencerOf(log),
      log: { info() {}, warn() {}, error: (about) => void errors.push(about) },
    })
    onTestFinished(() => sequencer?.close())
    await sequencer?.once()
    expect(await sequencer?.erase()).toBe(0)
    expect(await sequencer?.erase()).toBe(0)
    expect(await stateOf(log)).toMatchObject({ erased: null, certificate: null, payloads: 4 })
    expect(errors).toEqual([{ erasure: log.erasureId }])
  })

  test('(by age younger than six months) is not even written', async () => {
    const soon = new Date(Date.now() - 150 * 86_400_000).toISOString()
    await expect(asked('Registre 12', { before: soon })).rejects.toThrow(/check constraint/)
  })
})

describe('an erasure', () => {
  test('waits for its request to be signed, not only written', async () => {
    const log = await asked()
    const sequencer = await openSequencer(sequencerOf(log))
    onTestFinished(() => sequencer?.close())
    expect(await sequencer?.erase()).toBe(0)
    expect(await stateOf(log)).toMatchObject({ erased: null, payloads: 4 })
    await sequencer?.once()
    expect(await sequencer?.erase()).toBe(1)
    expect(await stateOf(log)).toMatchObject({ erased: 3, payloads: 1 })
    expect(await sequencer?.erase()).toBe(0)
  })

  test('that is cut off in the middle erases nothing, and is carried out later', async () => {
    const log = await asked()
    const sequencer = await openSequencer(sequencerOf(log))
    onTestFinished(() => sequencer?.close())
    await sequencer?.once()
    // Somebody holds one of the payloads: the erasure waits in its transaction, and is ended there.
    const holder = new pg.Client(log.database.adminUrl)
    await holder.connect()
    onTestFinished(() => holder.end())
    await holder.query('BEGIN')
    await holder.query('SELECT FROM audit_payloads FOR UPDATE')
    const cutOff = expect(sequencer?.erase()).rejects.toThrow(/terminat/)
    for (let ended = 0; ended === 0;) {
      const { rowCount } = await log.tamper(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'magestionpsy erasure' AND wait_event_type = 'Lock'`,
      )
      ended = rowCount ?? 0
      // Numbering goes on beside it.
      await log.write(1)
      expect(await sequencer?.once()).toBe(1)
    }
    await cutOff
    await holder.query('ROLLBACK')
    expect(await stateOf(log)).toMatchObject({ erased: null, payloads: 4 })
    expect(await sequencer?.erase()).toBe(1)
    expect(await stateOf(log)).toMatchObject({ erased: 3, payloads: 1 })
  })
})

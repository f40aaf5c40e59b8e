import { beforeAll, describe, expect, test } from 'vitest'
import {
  downloadAuditProof,
  entryNotNumbered,
  getAuditCheckpoint,
  getAuditStatus,
  getAuditTile,
  getAuditVerifierKey,
} from '#contract/audit'
import { addressOf } from '#platform/contract/endpoint.ts'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { writeEntries } from '../../../../tests/harness/log-writer.ts'
import { numbered } from '../../../../tests/harness/sequencer.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import pg from 'pg'
import { readCheckpoint } from '../tree/checkpoints.ts'
import { formatVkey, generateKey, parseVkey } from '../tree/keys.ts'
import { signatureLine, splitNote } from '../tree/notes.ts'
import { verifyProof } from '../tree/proof-file.ts'

const witness = generateKey('witness.example/w1', 0x04)
const server = await testServer({
  env: { AUDIT_WITNESSES: `http://127.0.0.1:9/#${encodeURIComponent(formatVkey(witness.signer.vkey))}` },
})
const auditor = await server.as('auditor')

async function write(count: number) {
  const client = new pg.Client({ connectionString: server.database.appUrl })
  await client.connect()
  await writeEntries(client, count)
  await client.end()
}

const tile = (place: string) => auditor.ask(getAuditTile, { params: { '*': place } })
const waiting = () => auditor.call(getAuditStatus)
const vkey = async () => parseVkey((await auditor.ask(getAuditVerifierKey)).text)

describe('before the sequencer ever ran', () => {
  test('there is neither checkpoint nor key, and the status says what waits', async () => {
    expect((await auditor.ask(getAuditCheckpoint)).status).toBe(404)
    expect((await auditor.ask(getAuditVerifierKey)).status).toBe(404)
    const status = await waiting()
    expect(status).toMatchObject({
      origin: null,
      vkey: null,
      checkpoint: null,
      numbered: 0,
      witnesses: [{ last: null }],
    })
    expect(status.waiting.count).toBeGreaterThan(0)
    expect(status.waiting.oldestAt).not.toBeNull()
  })

  test('a proof is refused with what to do', async () => {
    const [entry] = await entriesOf(server)
    const refusal = await auditor.refused(downloadAuditProof, { params: { id: entry!.id } })
    expect(refusal).toMatchObject({ status: 409, code: entryNotNumbered.code })
    expect(refusal.message).toContain('réessayez')
  })
})

describe('a log of more than one tile', () => {
  beforeAll(async () => {
    await write(300)
    await numbered(server)
  })

  test('is told as the specification lays it out, types and caching included', async () => {
    const checkpoint = await auditor.ask(getAuditCheckpoint)
    expect(checkpoint.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
    })
    const { size } = readCheckpoint(checkpoint.text)
    const full = await tile('0/000')
    expect(full.status).toBe(200)
    expect(full.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': '8192',
      'cache-control': 'private, max-age=31536000, immutable',
      vary: 'cookie',
    })
    expect(full.headers).not.toHaveProperty('content-encoding')
    expect((await tile(`0/001.p/${size - 256}`)).headers['content-length']).toBe(String((size - 256) * 32))
    expect((await tile('1/000.p/1')).headers['content-length']).toBe('32')
    expect((await tile('entries/000')).status).toBe(200)
  })

  test('holds nothing beyond what was signed, nothing empty, and no tile by another name', async () => {
    const { size } = readCheckpoint((await auditor.ask(getAuditCheckpoint)).text)
    const beyond = [`0/001.p/${size - 255}`, '0/001', '0/002', '1/000.p/2', '2/000.p/1', 'entries/001']
    const otherwise = [
      '0/000.p/0',
      '0/000.p/256',
      '00/000',
      '0/x000/000',
      '0/0',
      '64/000',
      '-1/000',
      'entries',
    ]
    const elsewhere = ['..\\checkpoint', '0/%2e%2e/000', '0/000\u0000', '0/000\n', '..%2f..%2fmaster.key', '']
    for (const place of [...beyond, ...otherwise, ...elsewhere])
      expect([place, (await tile(place)).status]).toEqual([place, 404])
    const tooFar = `0/${'x999/'.repeat(6)}999`
    for (const raw of ['0/..%2f..%2f..%2fmaster.key', '..%5c..%5cmaster.key', '0/000/', tooFar])
      expect([raw, (await auditor.send('GET', `/api/v1/audit/log/tile/${raw}`)).status]).toEqual([raw, 404])
  })

  test('is found at the root of the back-office, where its origin says', async () => {
    const moved = await auditor.send('GET', '/audit/log/tile/x001/000?a=b')
    expect([moved.status, moved.headers['location']]).toEqual([308, '/api/v1/audit/log/tile/x001/000?a=b'])
    const elsewhere = await auditor.send('GET', '/audit/log/checkpoint', {
      headers: { host: 'app.localhost:3000' },
    })
    expect(elsewhere.status).toBe(404)
  })

  test('is for those who may read it', async () => {
    const support = await server.as('support')
    for (const endpoint of [getAuditCheckpoint, getAuditVerifierKey, getAuditStatus])
      expect((await support.ask(endpoint)).status).toBe(403)
    expect((await support.ask(getAuditTile, { params: { '*': '0/000' } })).status).toBe(403)
    expect((await server.anybody.send('GET', addressOf(getAuditCheckpoint))).status).toBe(401)
  })

  test('tells who fetched it, all of it being one look', async () => {
    const compliance = await server.as('compliance')
    await compliance.ask(getAuditCheckpoint)
    await compliance.ask(getAuditTile, { params: { '*': '0/000' } })
    await compliance.ask(getAuditTile, { params: { '*': 'entries/000' } })
    const looks = await entriesOf(server, { verb: 'audit_log.fetched' })
    expect(new Set(looks.map(({ sessionId }) => sessionId)).size).toBe(looks.length)
    expect(looks.at(-1)).toMatchObject({ objectType: 'audit_log', objectId: null, actorType: 'staff' })
  })

  test('says how it stands: what is signed, and what waits', async () => {
    const before = await waiting()
    expect(before).toMatchObject({ origin: 'localhost:3000/audit/log', late: false })
    expect(before.checkpoint?.size).toBe(before.numbered)
    await write(3)
    const then = await waiting()
    expect(then.waiting.count).toBe(before.waiting.count + 3)
    await numbered(server)
    expect(await waiting()).toMatchObject({
      numbered: before.numbered + then.waiting.count,
      waiting: { count: 0, oldestAt: null, lagSeconds: 0 },
    })
  })

  test('tells the same in figures to whoever watches the machine', async () => {
    const { checkpoint } = await waiting()
    const { text } = await server.anybody.send('GET', '/metrics')
    expect(text).toContain(`audit_checkpoint_size ${checkpoint?.size}`)
    expect(text).toMatch(/^audit_entries_waiting \d+$/m)
    expect(text).toMatch(/^audit_lag_seconds [\d.]+$/m)
    expect((await server.anybody.send('GET', '/health/ready')).status).toBe(200)
  })
})

describe('the proof of an entry', () => {
  const proofOf = (id: string) => auditor.ask(downloadAuditProof, { params: { id } })

  test('verifies with the key of the log and nothing else, and holds the entry', async () => {
    const { id, leaf } = (await entriesOf(server, { verb: 'client.updated' }))[270]!
    const proof = await proofOf(id)
    const { index, entry, checkpoint } = verifyProof(proof.text, [await vkey()])
    expect(entry.toString()).toBe(leaf)
    expect(proof.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="journal-${index}.tlog-proof"`,
    })
    expect(checkpoint.size).toBeGreaterThan(index)
  })

  test('leads to the latest checkpoint that a witness signed, with its line under it', async () => {
    const { checkpoint } = await waiting()
    const { size, note } = checkpoint!
    const line = signatureLine(splitNote(note).text, witness.signer, 1_790_000_000)
    await server.db
      .insertInto('auditCosignatures')
      .values({ size, witness: 'http://127.0.0.1:9', kind: 'http', line })
      .execute()
    expect((await auditor.ask(getAuditCheckpoint)).text).toBe(`${note}${line}\n`)
    await write(260)
    await numbered(server)
    expect(splitNote((await auditor.ask(getAuditCheckpoint)).text).signatures).toHaveLength(1)

    const [early, late] = [await entriesOf(server)].map((all) => [all[5]!, all.at(-2)!]).flat()
    const cosigned = verifyProof((await proofOf(early!.id)).text, [await vkey()], [witness.signer.vkey])
    expect(cosigned.checkpoint).toMatchObject({ size, cosignatures: [{ time: 1_790_000_000 }] })
    const fresh = verifyProof((await proofOf(late!.id)).text, [await vkey()], [witness.signer.vkey])
    expect(fresh.checkpoint.cosignatures).toEqual([])
    expect(fresh.checkpoint.size).toBeGreaterThan(size)
  })

  test('what stands among cosignatures and is none of a witness of ours is neither served nor preferred', async () => {
    const late = (await entriesOf(server)).at(-1)!
    await write(1)
    await numbered(server)
    const { size, note } = (await waiting()).checkpoint!
    const stranger = generateKey('witness.example/w1', 0x04).signer
    const garbage = [
      '— witness.example/w1 AAAA',
      signatureLine(splitNote(note).text, stranger, 1_790_000_000),
      signatureLine('another tree\n', witness.signer, 1_790_000_000),
    ]
    for (const [at, line] of garbage.entries()) {
      const name = at === 2 ? 'http://127.0.0.1:9' : `https://other${at}.example`
      await server.db
        .insertInto('auditCosignatures')
        .values({ size, witness: name, kind: 'http', line })
        .execute()
    }
    expect((await auditor.ask(getAuditCheckpoint)).text).toBe(note)
    expect(verifyProof((await proofOf(late.id)).text, [await vkey()]).checkpoint.size).toBe(size)
    await expect(
      server.db
        .insertInto('auditCosignatures')
        .values({ size, witness: 'x', kind: 'http', line: 'no\nline' })
        .execute(),
    ).rejects.toMatchObject({ code: '23514' })
  })

  test('of an entry that does not exist is not found', async () => {
    expect((await proofOf('0199a000-0000-7000-8000-000000000000')).status).toBe(404)
  })
})

import { expect, test } from 'vitest'
import { c2spWitness } from '../../../../tests/harness/c2sp-witness.ts'
import { loopback, type Reply } from '../../../../tests/harness/loopback.ts'
import { origin, signedLog } from '../../../../tests/harness/signed-log.ts'
import { openCheckpoint } from '../tree/checkpoints.ts'
import { parseVkey } from '../tree/keys.ts'
import { withSignature } from '../tree/notes.ts'
import { openAsking } from './asking.ts'
import { httpWitness } from './http.ts'
import { WitnessTrouble, type Handed } from './witness.ts'

/** A log with a witness of its own, who knows its key. */
async function scene() {
  const log = signedLog()
  const other = c2spWitness('witness.example/w1', { [origin]: log.signer.vkey.text })
  const prefix = await loopback(other.answer)
  const vkey = parseVkey(other.vkey)
  const at = (address: string, tiles = log.read) =>
    httpWitness({ kind: 'http', name: prefix, prefix: address, vkey }, tiles, openAsking())
  return { log, other, vkey, at, witness: at(prefix) }
}

const troubleOf = async (handing: Promise<unknown>) => {
  const error = await handing.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof WitnessTrouble)) throw error ?? new Error('it was taken')
  return `${error.code}: ${error.detail}`
}

test('a witness cosigns a log as it grows, whatever the sizes', async () => {
  const { log, witness, vkey } = await scene()
  let last = 0
  for (const more of [1, 1, 5, 249, 1, 300, 65_000, 1_700]) {
    const head = log.grow(more)
    const { line } = await witness.hand(head, last)
    const opened = openCheckpoint(withSignature(head.note, line!), [log.signer.vkey], [vkey])
    expect(opened.cosignatures).toHaveLength(1)
    last = head.size
  }
})

test('what is sent is what the specification says', async () => {
  const { log, witness, other } = await scene()
  await witness.hand(log.grow(3), 0)
  const head = log.grow(4)
  await witness.hand(head, 3)
  expect(other.asked[0]).toMatch(/^old 0\n\nlocalhost:3000\/audit\/log\n3\n/)
  expect(other.asked[1]).toMatch(/^old 3\n([A-Za-z0-9+/]{43}=\n)+\nlocalhost:3000\/audit\/log\n7\n/)
  expect(other.asked[1]?.endsWith(`\n\n${head.note}`)).toBe(true)
})

test('a witness that remembers another size than we do says so, and is asked again from there', async () => {
  const { log, witness, other } = await scene()
  await witness.hand(log.grow(10), 0)
  const head = log.grow(10)
  expect((await witness.hand(head, 0)).line).toContain('witness.example/w1')
  expect(other.asked.map((body) => body.split('\n')[0])).toEqual(['old 0', 'old 0', 'old 10'])
  // Its answer was lost on the way: the same once more.
  expect((await witness.hand(head, 10)).line).toContain('witness.example/w1')
  expect(other.seen.get(origin)?.size).toBe(20)
})

test('a rewritten log is not cosigned, and the contradiction has a name', async () => {
  const { log, at, other, witness } = await scene()
  await witness.hand(log.grow(100), 0)
  const rewritten = signedLog(log.signer)
  rewritten.grow(40)
  rewritten.grow(1, 'another entry')
  const fork = at(witness.name, rewritten.read)
  const larger = rewritten.grow(159)
  expect(await troubleOf(fork.hand(larger, 100))).toBe(
    'contradiction: our log does not grow out of what it holds (HTTP 422)',
  )
  const same = signedLog(log.signer)
  const head = same.grow(100, 'another entry')
  expect(await troubleOf(at(witness.name, same.read).hand(head, 0))).toBe(
    'contradiction: it holds another tree of 100 entries',
  )
  const cut = signedLog(log.signer).grow(60)
  expect(await troubleOf(witness.hand(cut, 0))).toBe(
    'contradiction: it saw 100 entries, our log says it has 60',
  )
  expect(other.seen.get(origin)?.size).toBe(100)
})

test('a log it does not know, and a key it does not trust, are said to be so', async () => {
  const { log, at, witness } = await scene()
  const head = log.grow(2)
  const stranger = c2spWitness('witness.example/w1', { 'other.example/log': log.signer.vkey.text })
  expect(await troubleOf(at(await loopback(stranger.answer)).hand(head, 0))).toBe('log_unknown: HTTP 404')
  const forged = signedLog().grow(2)
  expect(await troubleOf(witness.hand(forged, 0))).toBe('key_refused: HTTP 403')
})

test('an answer without a cosignature that holds is none', async () => {
  const { log, at, other } = await scene()
  const head = log.grow(2)
  const text = head.note.slice(0, head.note.indexOf('\n\n') + 1)
  const answers = async (body: string) =>
    troubleOf(at(await loopback((): Reply => ({ status: 200, body }))).hand(head, 0))
  expect(await answers('')).toBe('cosignature_wrong: no line of its key')
  expect(await answers(other.cosign(text.replace('\n2\n', '\n3\n')))).toMatch(
    /^cosignature_wrong: .*does not hold/,
  )
  expect(await answers(c2spWitness('witness.example/w2', {}).cosign(text))).toBe(
    'cosignature_wrong: no line of its key',
  )
  expect(await answers('<html>')).toBe('cosignature_wrong: no line of its key')
  expect(await answers('200 OK\n')).toBe('cosignature_wrong: a line that is no signature')
})

test('lines of witnesses we do not know are ignored', async () => {
  const { log, at, other } = await scene()
  const head = log.grow(2)
  const text = head.note.slice(0, head.note.indexOf('\n\n') + 1)
  const line = other.cosign(text)
  const body = c2spWitness('witness.example/w2', {}).cosign(text) + line
  const witness = at(await loopback(() => ({ status: 200, body })))
  expect(await witness.hand(head, 0)).toEqual({ line: line.trimEnd() })
})

test('nobody is followed elsewhere, and what is not there or stumbles is told from what refuses', async () => {
  const { log, at, witness } = await scene()
  const head: Handed = log.grow(2)
  const moved = await loopback(() => ({
    status: 307,
    headers: { location: `${witness.name}/add-checkpoint` },
  }))
  expect(await troubleOf(at(moved).hand(head, 0))).toBe('redirected: HTTP 307')
  expect(await troubleOf(at(await loopback(() => ({ status: 500 }))).hand(head, 0))).toBe('failed: HTTP 500')
  expect(await troubleOf(at(await loopback(() => ({ status: 400 }))).hand(head, 0))).toBe('refused: HTTP 400')
  expect(await troubleOf(at('http://127.0.0.1:1').hand(head, 0))).toMatch(/^unreachable: /)
  const endless = await loopback(() => ({
    status: 409,
    headers: { 'content-type': 'text/x.tlog.size' },
    body: '1\n',
  }))
  expect(await troubleOf(at(endless).hand(head, 0))).toBe('refused: HTTP 409')
})

/**
 * The sequencer's process is killed at random instants while people write. Nothing of the tree may be wrong afterwards,
 * whatever it was at: no gap, no fork, no number given twice, no committed entry lost, no signed head taken back.
 */
import { once } from 'node:events'
import fs from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { freshLog, type FreshLog } from '../../../../tests/harness/fresh-log.ts'
import { writeEntries } from '../../../../tests/harness/log-writer.ts'
import { numbered, startSequencer } from '../../../../tests/harness/sequencer.ts'
import { expectSignedIsPublished, expectWholeLog } from '../../../../tests/harness/whole-log.ts'

const kills = process.env['TEST_LONG'] ? 200 : 25
const seed = 20_261_122

test(`${kills} kills at random instants under load leave one whole tree with every committed entry`, async () => {
  const log = await freshLog()
  const random = randomFrom(seed)
  const ending = new AbortController()
  const published = collectHeads(log, ending.signal)
  const writers = [1, 2, 3].map((each) => keepWriting(log, randomFrom(seed + each), ending.signal))

  for (let kill = 0; kill < kills; kill++) {
    const sequencer = startSequencer(log)
    onTestFinished(() => void sequencer.kill('SIGKILL'))
    const ended = once(sequencer, 'close')
    // Some as it comes up and takes over what the last one left, some at work, some at the very write of a file.
    if (kill % 3 === 0) await sleep(random() * 500)
    else if (kill % 3 === 1) {
      const before = headOf(log)
      while (headOf(log) === before) await sleep(5)
      await sleep(random() * 250)
    } else await someWrite(log, 1 + Math.floor(random() * 25))
    sequencer.kill('SIGKILL')
    const [code, signal] = await ended
    expect([code, signal]).toEqual([null, 'SIGKILL'])
    await expectSignedIsPublished(log)
  }
  ending.abort()
  const committed = (await Promise.all(writers)).flat()
  const heads = await published
  await numbered(log)

  expect(await expectWholeLog(log, heads)).toBe(committed.length)
  const { rows } = await log.tamper('SELECT entry_id AS id FROM audit_leaves')
  const ids = new Set(rows.map(({ id }: { id: string }) => id))
  expect(committed.filter((id) => !ids.has(id))).toEqual([])
  expect(heads.length).toBeGreaterThan(kills / 4)
}, 600_000)

/** What the file shows; nothing before the first head. */
function headOf(log: FreshLog): string | undefined {
  return fs.existsSync(log.file('checkpoint')) ? fs.readFileSync(log.file('checkpoint'), 'utf8') : undefined
}

/** Resolves at this many changes of the files, with one being written. */
async function someWrite(log: FreshLog, count: number): Promise<void> {
  const drafts = log.file('.drafts')
  while (!fs.existsSync(drafts)) await sleep(5)
  const watcher = fs.watch(drafts)
  let seen = 0
  // It is made anew by each sequencer, so that what is watched may be gone: then a moment later is as good.
  await Promise.race([
    new Promise<void>((resolve) => watcher.on('change', () => ++seen === count && resolve())),
    sleep(1_000),
  ])
  watcher.close()
}

/** Every head that the file ever showed, as far as it can be read often enough. */
async function collectHeads(log: FreshLog, signal: AbortSignal): Promise<string[]> {
  const heads = new Set<string>()
  while (!signal.aborted) {
    const head = headOf(log)
    if (head !== undefined) heads.add(head)
    await sleep(5)
  }
  return [...heads]
}

/** One who writes alone and in transactions, short and long, and takes back a part of it. @returns what was committed */
async function keepWriting(log: FreshLog, random: () => number, signal: AbortSignal): Promise<string[]> {
  const client = new pg.Client(log.database.appUrl)
  await client.connect()
  const committed: string[] = []
  while (!signal.aborted) {
    if (random() < 0.5) committed.push(...(await writeEntries(client, 1 + Math.floor(random() * 20))))
    else {
      await client.query('BEGIN')
      const written = await writeEntries(client, 1 + Math.floor(random() * 5))
      await sleep(random() < 0.1 ? random() * 1_000 : random() * 20)
      written.push(...(await writeEntries(client, 1)))
      const keeps = random() < 0.7
      await client.query(keeps ? 'COMMIT' : 'ROLLBACK')
      if (keeps) committed.push(...written)
    }
    await sleep(random() * 30)
  }
  await client.end()
  return committed
}

/** Mulberry32: the same numbers for the same seed. @returns numbers from 0 to 1 */
function randomFrom(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { testDatabase } from '../../../../tests/harness/database.ts'
import { someLeaf, writeEntries } from '../../../../tests/harness/log-writer.ts'
import { numbered, sequencerOf } from '../../../../tests/harness/sequencer.ts'
import { expectWholeLog } from '../../../../tests/harness/whole-log.ts'
import { logFolder } from './folders.ts'
import { openSequencer, runSequencer, type Sequencer } from './sequencer.ts'

const database = await testDatabase()
const log = { database, dataDir: fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-log-')) }
const admin = await connected(database.adminUrl)
const app = await connected(database.appUrl)
afterAll(async () => {
  await Promise.all([admin.end(), app.end()])
  fs.rmSync(log.dataDir, { recursive: true, force: true })
})

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client(url)
  await client.connect()
  return client
}

async function opened(): Promise<Sequencer> {
  const sequencer = await openSequencer(sequencerOf(log))
  if (!sequencer) throw new Error('it was not called off')
  onTestFinished(() => sequencer.close())
  return sequencer
}

/** Of the sequencers of this database: other tests have theirs. */
const endConnections = (which = '') =>
  admin.query(`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'magestionpsy sequencer' AND datname = current_database() ${which}`)

const published = (name: string) => path.join(logFolder(log.dataDir), name)

describe('numbering', () => {
  test('a log without entries has a signed head too', async () => {
    expect(await numbered(log)).toMatchObject({ size: 0 })
    expect(await expectWholeLog(log)).toBe(0)
  })

  test('entries of a transaction that was rolled back get no number', async () => {
    await app.query('BEGIN')
    await writeEntries(app, 3)
    await app.query('ROLLBACK')
    expect(await numbered(log)).toMatchObject({ size: 0 })
  })

  test('entries get their numbers in the order of the database’s clock', async () => {
    const first = await writeEntries(app, 5)
    const second = await writeEntries(app, 5)
    await numbered(log)
    const { rows } = await admin.query<{ id: string }>(
      'SELECT entry_id AS id FROM audit_leaves ORDER BY index',
    )
    expect(rows.map(({ id }) => id)).toEqual([...first, ...second])
    expect(await expectWholeLog(log)).toBe(10)
  })

  test('nothing new leaves everything as it is', async () => {
    const before = await numbered(log)
    const { mtimeMs } = fs.statSync(published('checkpoint'))
    expect(await numbered(log)).toEqual(before)
    expect(fs.statSync(published('checkpoint')).mtimeMs).toBe(mtimeMs)
  })

  test('a whole tile takes the place of its partial ones', async () => {
    await writeEntries(app, 245)
    await numbered(log)
    expect(fs.readdirSync(published('tile/entries/000.p'))).toEqual(['10', '255'])
    await writeEntries(app, 1)
    await numbered(log)
    expect(fs.existsSync(published('tile/entries/000.p'))).toBe(false)
    expect(fs.existsSync(published('tile/0/000.p'))).toBe(false)
    expect(await expectWholeLog(log)).toBe(256)
  })

  test('the longest leaf and every plane of Unicode are kept to the byte', async () => {
    const planes = Array.from({ length: 17 }, (_, plane) =>
      String.fromCodePoint(plane * 0x10000 + 0xe00),
    ).join('')
    await writeEntries(app, [
      { reason: planes },
      { reason: '\u0001\u001f"\\\u007f\u2028é' },
      { reason: 'x'.repeat(65_000) },
    ])
    await numbered(log)
    await expectWholeLog(log)
  })

  test('those who look at the log hear of it', async () => {
    const listener = await connected(database.appUrl)
    onTestFinished(() => listener.end())
    const heard: (string | undefined)[] = []
    listener.on('notification', ({ payload }) => heard.push(payload))
    await listener.query('LISTEN news')
    await writeEntries(app, 1)
    await numbered(log)
    while (heard.length === 0) await sleep(10)
    expect(heard).toEqual(['{"topic":"audit","needs":"audit.read"}'])
  })
})

describe('a transaction that stays open', () => {
  test('over many looks loses none of its entries, nor those written beside it', async () => {
    const sequencer = await opened()
    await sequencer.once()
    const slow = await connected(database.appUrl)
    onTestFinished(() => slow.end())
    await slow.query('BEGIN')
    const early = await writeEntries(slow, 2)
    for (let round = 0; round < 5; round++) {
      await writeEntries(app, 3)
      expect(await sequencer.once()).toBe(3)
    }
    const late = await writeEntries(slow, 2)
    expect(await sequencer.once()).toBe(0)
    await slow.query('COMMIT')
    expect(await sequencer.once()).toBe(4)
    const { rows } = await admin.query<{ id: string }>(
      'SELECT entry_id AS id FROM audit_leaves ORDER BY index DESC LIMIT 4',
    )
    expect(rows.map(({ id }) => id).toReversed()).toEqual([...early, ...late])
    await expectWholeLog(log)
  })

  test('with savepoints, some of them rolled back, loses none either', async () => {
    const sequencer = await opened()
    await sequencer.once()
    const slow = await connected(database.appUrl)
    onTestFinished(() => slow.end())
    await slow.query('BEGIN')
    await writeEntries(slow, 1)
    await slow.query('SAVEPOINT a')
    await writeEntries(slow, 1)
    expect(await sequencer.once()).toBe(0)
    await slow.query('ROLLBACK TO a')
    await slow.query('SAVEPOINT b')
    await writeEntries(slow, 1)
    await slow.query('RELEASE b')
    await writeEntries(app, 1)
    expect(await sequencer.once()).toBe(1)
    await slow.query('COMMIT')
    expect(await sequencer.once()).toBe(2)
  })
})

test('a database whose counter is behind its entries (a restored dump) is numbered like any other', async () => {
  const other = await testDatabase()
  const restored = { database: other, dataDir: path.join(log.dataDir, 'restored') }
  const [owner, writer] = await Promise.all([connected(other.adminUrl), connected(other.appUrl)])
  onTestFinished(async () => void (await Promise.all([owner.end(), writer.end()])))
  const xid = async () =>
    BigInt((await owner.query<{ x: string }>('SELECT pg_current_xact_id()::text AS x')).rows[0]?.x ?? 0)
  /** Rows as a dump brings them: with the numbers of another server's transactions, ahead of ours. */
  const restore = async (count: number, ahead: bigint) => {
    const first = (await xid()) + ahead
    await owner.query('INSERT INTO audit_entries (leaf, xid) SELECT unnest($1::text[]), $2::xid8', [
      Array.from({ length: count }, () => someLeaf().leaf),
      String(first),
    ])
  }
  await restore(20, 30n)
  await restore(20, 1_000_000_000n)
  const sequencer = await openSequencer(sequencerOf(restored))
  onTestFinished(() => sequencer?.close())
  expect(await sequencer?.once()).toBe(40)
  // The counter passes the numbers of old on its way.
  for (let round = 0; round < 50; round++) {
    await writeEntries(writer, 2)
    expect(await sequencer?.once()).toBe(2)
  }
  expect(await expectWholeLog(restored)).toBe(140)
})

describe('of several sequencers', () => {
  test('one works; another takes over within a second of its death', async () => {
    const first = await opened()
    const standby = openSequencer(sequencerOf(log))
    let isIn = false
    void standby.then(() => (isIn = true))
    await writeEntries(app, 4)
    expect(await first.once()).toBe(4)
    await sleep(700)
    expect(isIn).toBe(false)
    await writeEntries(app, 2)
    await endConnections("AND pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted)")
    const second = await standby
    onTestFinished(() => second?.close())
    expect(await second?.once()).toBe(2)
    await expect(first.once()).rejects.toThrow()
    await expectWholeLog(log)
  })

  test('one that waits leaves when it is told to', async () => {
    await opened()
    const leaving = new AbortController()
    const waiting = openSequencer(sequencerOf(log), leaving.signal)
    await sleep(50)
    leaving.abort()
    expect(await waiting).toBeUndefined()
  })

  test('one that lost its connection begins anew by itself', async () => {
    const leaving = new AbortController()
    const running = runSequencer(sequencerOf(log), leaving.signal)
    const isNumbered = async () => {
      const ids = await writeEntries(app, 1)
      for (;;) {
        const { rowCount } = await admin.query('SELECT FROM audit_leaves WHERE entry_id = $1', ids)
        if (rowCount === 1) return
        await sleep(20)
      }
    }
    await isNumbered()
    for (let round = 0; round < 3; round++) {
      await endConnections()
      await isNumbered()
    }
    leaving.abort()
    await running
    await numbered(log)
    await expectWholeLog(log)
  })

  test('one that leaves numbers first what was written until then', async () => {
    const leaving = new AbortController()
    const running = runSequencer(sequencerOf(log), leaving.signal)
    await sleep(300)
    await writeEntries(app, 1)
    leaving.abort()
    await running
    await expectWholeLog(log)
  })
})

// Writing so many takes its time.
test.runIf(process.env['TEST_LONG'])(
  'a tree of three levels stands on disk as C2SP says',
  async () => {
    const { size } = await numbered(log)
    await writeEntries(app, 65_536 - size - 3)
    await numbered(log)
    await writeEntries(app, 700)
    await numbered(log)
    expect(fs.existsSync(published('tile/2/000.p/1'))).toBe(true)
    await expectWholeLog(log)
  },
  300_000,
)

describe('an entry under a made-up transaction number', () => {
  const write = (leaf: string) =>
    admin.query(
      `INSERT INTO audit_entries (leaf, xid, written_at) VALUES ($1, '3', now() + interval '1 day')`,
      [leaf],
    )
  const openedWith = async (lookAgainMs: number) => {
    const sequencer = await openSequencer({ ...sequencerOf(log), lookAgainMs })
    if (!sequencer) throw new Error('it was not called off')
    onTestFinished(() => sequencer.close())
    await sequencer.once()
    return sequencer
  }

  test('is met when all entries are looked at again, which is done when there is nothing else to do', async () => {
    const sequencer = await openedWith(0)
    await sequencer.once()
    await write(someLeaf().leaf)
    // The first look at all took its time, of which looks may take but a part.
    while ((await sequencer.once()) === 0) await sleep(50)
    expect(await expectWholeLog(log)).toBe(sequencer.checkpoint.size)
  })

  test('waits until then', async () => {
    const sequencer = await openedWith(3_600_000)
    await sequencer.once()
    await write(someLeaf().leaf)
    expect(await sequencer.once()).toBe(0)
    await sequencer.close()
    await numbered(log)
    await expectWholeLog(log)
  })
})

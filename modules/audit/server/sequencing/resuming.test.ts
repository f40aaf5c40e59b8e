import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { freshLog, type FreshLog } from '../../../../tests/harness/fresh-log.ts'
import { numbered, sequencerOf } from '../../../../tests/harness/sequencer.ts'
import { expectWholeLog } from '../../../../tests/harness/whole-log.ts'
import { signCheckpoint } from '../tree/checkpoints.ts'
import { leafHash } from '../tree/hashes.ts'
import { generateKey, parseSkey } from '../tree/keys.ts'
import { signingKeyFile } from './folders.ts'
import { SequencerRefusal } from './refusal.ts'
import { openSequencer, sequenceOnce, type SequencerLog } from './sequencer.ts'

/** Numbers what waits, by hand: where a sequencer was that was killed right after that. */
async function numberOnly({ tamper }: FreshLog): Promise<void> {
  const { rows } = await tamper(
    `SELECT id, leaf FROM audit_entries WHERE id NOT IN (SELECT entry_id FROM audit_leaves) ORDER BY written_at, id`,
  )
  const { rows: size } = await tamper('SELECT count(*)::int AS size FROM audit_leaves')
  for (const [at, { id, leaf }] of rows.entries())
    await tamper('INSERT INTO audit_leaves VALUES ($1, $2, $3)', [
      size[0].size + at,
      id,
      leafHash(Buffer.from(leaf)),
    ])
}

/** What the log said, to say it again later. */
const checkpointOf = (log: FreshLog) => fs.readFileSync(log.file('checkpoint'), 'utf8')

/** All published files with their bytes. */
function published(log: FreshLog): Record<string, string> {
  const names = fs.readdirSync(log.file('tile'), { recursive: true, encoding: 'utf8' })
  return Object.fromEntries(
    names
      .filter((name) => fs.statSync(log.file(`tile/${name}`)).isFile())
      .sort()
      .map((name) => [name, fs.readFileSync(log.file(`tile/${name}`), 'base64')]),
  )
}

async function warnings(log: FreshLog): Promise<string[]> {
  const heard: string[] = []
  const listening: SequencerLog = {
    info() {},
    warn: (_about, sentence) => void heard.push(sentence),
    error() {},
  }
  await sequenceOnce({ ...sequencerOf(log), log: listening })
  return heard
}

describe('killed after', () => {
  test('the numbers were committed, it goes on with the tiles', async () => {
    const log = await freshLog(300)
    await numbered(log)
    await log.write(700)
    await numberOnly(log)
    expect(await numbered(log)).toMatchObject({ size: 1_000 })
    expect(await expectWholeLog(log)).toBe(1_000)
  })

  test('the very first numbers, it goes on too', async () => {
    const log = await freshLog(300)
    await numberOnly(log)
    expect(await numbered(log)).toMatchObject({ size: 300 })
    await expectWholeLog(log)
  })

  test('the tiles were written, it signs the same head', async () => {
    const log = await freshLog(300)
    await numbered(log)
    const before = checkpointOf(log)
    await log.write(700)
    const head = await numbered(log)
    await log.tamper('DELETE FROM audit_checkpoints WHERE size = 1000')
    fs.writeFileSync(log.file('checkpoint'), before)
    expect(await numbered(log)).toEqual(head)
    await expectWholeLog(log)
  })

  test('some of the tiles were written, it writes the others', async () => {
    const log = await freshLog(300)
    await numbered(log)
    const before = checkpointOf(log)
    await log.write(700)
    await numbered(log)
    await log.tamper('DELETE FROM audit_checkpoints WHERE size = 1000')
    fs.writeFileSync(log.file('checkpoint'), before)
    // What had to be there for 300 stays; the newer files are lost, as after a power cut.
    for (const name of ['tile/0/002', 'tile/0/003.p', 'tile/entries/001', 'tile/entries/003.p'])
      fs.rmSync(log.file(name), { recursive: true })
    await numbered(log)
    await expectWholeLog(log)
  })

  test('the head was signed, it lets the file say so', async () => {
    const log = await freshLog(300)
    await numbered(log)
    const before = checkpointOf(log)
    await log.write(20)
    await numbered(log)
    fs.writeFileSync(log.file('checkpoint'), before)
    await numbered(log)
    await expectWholeLog(log)
  })

  test('the first head was signed, before there was a file', async () => {
    const log = await freshLog(3)
    await numbered(log)
    fs.rmSync(log.file('checkpoint'))
    fs.rmSync(log.file('vkey'))
    await numbered(log)
    await expectWholeLog(log)
  })

  test('all but the clearing away, it clears away', async () => {
    const log = await freshLog(256)
    await numbered(log)
    fs.mkdirSync(log.file('tile/0/000.p'))
    fs.copyFileSync(log.file('tile/0/000'), log.file('tile/0/000.p/12'))
    await numbered(log)
    expect(fs.existsSync(log.file('tile/0/000.p'))).toBe(false)
  })
})

describe('what the database does not take', () => {
  test.each([
    ['as numbers is not written to disk', 'audit_leaves', 'index'],
    ['as a head is not shown', 'audit_checkpoints', 'size'],
  ])('%s, and is done once it does', async (_what, table, column) => {
    const log = await freshLog(300)
    await numbered(log)
    const [head, files] = [checkpointOf(log), published(log)]
    await log.tamper(`ALTER TABLE ${table} ADD CONSTRAINT full_up CHECK (${column} < 310) NOT VALID`)
    await log.write(20)
    await expect(numbered(log)).rejects.toThrow(/full_up/)
    expect(checkpointOf(log)).toBe(head)
    if (table === 'audit_leaves') expect(published(log)).toEqual(files)
    await log.tamper(`ALTER TABLE ${table} DROP CONSTRAINT full_up`)
    expect(await numbered(log)).toMatchObject({ size: 320 })
    await expectWholeLog(log)
  })
})

describe('the tiles are written anew from the database when', () => {
  test.each([
    ['all are gone', (log: FreshLog) => fs.rmSync(log.file('tile'), { recursive: true })],
    ['the last one is gone', (log: FreshLog) => fs.rmSync(log.file('tile/0/003.p'), { recursive: true })],
    ['the last one was cut off', (log: FreshLog) => fs.truncateSync(log.file('tile/0/003.p/232'), 320)],
    ['a byte of it was changed', (log: FreshLog) => flipByte(log.file('tile/0/003.p/232'), 100)],
    ['one of a level above was changed', (log: FreshLog) => flipByte(log.file('tile/1/000.p/3'), 5)],
  ])('%s', async (_what, damage) => {
    const log = await freshLog(1_000)
    await numbered(log)
    const before = published(log)
    damage(log)
    expect(await warnings(log)).toEqual([expect.stringContaining('rebuilding them from the database')])
    expect(published(log)).toEqual(before)
    await log.write(30)
    await numbered(log)
    await expectWholeLog(log)
  })
})

function flipByte(file: string, at: number): void {
  const bytes = fs.readFileSync(file)
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
  fs.writeFileSync(file, bytes)
}

test('a checkpoint file that nobody signed is replaced, and that is told', async () => {
  const log = await freshLog(10)
  await numbered(log)
  fs.writeFileSync(log.file('checkpoint'), checkpointOf(log).replace('\n10\n', '\n11\n'))
  expect(await warnings(log)).toEqual([expect.stringContaining('was not what this log signed')])
  await expectWholeLog(log)
})

describe('it refuses to go on, and signs nothing, when', () => {
  const keyOf = (log: FreshLog) => signingKeyFile(log.dataDir)
  const reseal = (log: FreshLog, size: number, root: Buffer) => {
    const signer = parseSkey(fs.readFileSync(keyOf(log), 'utf8'))
    return signCheckpoint({ origin: signer.vkey.name, size, root }, signer)
  }

  test.each<[string, RegExp, (log: FreshLog) => unknown]>([
    [
      'an older copy of the database was restored',
      /database knows nothing.*older copy of the database was restored/,
      async (log) => {
        await log.tamper('DELETE FROM audit_checkpoints WHERE size > 0')
        await log.tamper('DELETE FROM audit_leaves WHERE index >= 200')
        await log.tamper('DELETE FROM audit_entries WHERE id NOT IN (SELECT entry_id FROM audit_leaves)')
      },
    ],
    [
      'the file was signed for the same size with another root',
      /would sign a second history/,
      (log) => fs.writeFileSync(log.file('checkpoint'), reseal(log, 300, Buffer.alloc(32, 7))),
    ],
    [
      'the last entries were deleted',
      /was signed with 300 entries, and the database has 290/,
      (log) => log.tamper('DELETE FROM audit_leaves WHERE index >= 290'),
    ],
    [
      'an entry was deleted and the tiles must be rebuilt',
      /no entry with the number 123/,
      async (log) => {
        await log.tamper('DELETE FROM audit_leaves WHERE index = 123')
        fs.rmSync(log.file('tile'), { recursive: true })
      },
    ],
    [
      'an entry was edited and the tiles must be rebuilt',
      /Entry 123 \(.*\) is not what was numbered/,
      async (log) => {
        await editEntry(log)
        fs.rmSync(log.file('tile'), { recursive: true })
      },
    ],
    [
      'an entry was edited with its hash, and the tiles must be rebuilt',
      /not those that were signed: their first 300 have the root/,
      async (log) => {
        await editEntry(log)
        await log.tamper(
          `UPDATE audit_leaves SET hash = sha256('\\x00'::bytea || convert_to(leaf, 'UTF8'))
           FROM audit_entries WHERE id = entry_id AND index = 123`,
        )
        fs.rmSync(log.file('tile'), { recursive: true })
      },
    ],
    ['the key is gone', /signing key .* is gone.*put it back/, (log) => fs.rmSync(keyOf(log))],
    [
      'the key is another one',
      /which this log does not know/,
      (log) => fs.writeFileSync(keyOf(log), `${generateKey('localhost:3000/audit/log').skey}\n`),
    ],
    ['the key is damaged', /is damaged/, (log) => fs.truncateSync(keyOf(log), 60)],
    ['others may read the key', /can be read by others/, (log) => fs.chmodSync(keyOf(log), 0o640)],
  ])('%s', async (_what, why, break_) => {
    const log = await freshLog(300)
    await numbered(log)
    await break_(log)
    const before = [checkpointOf(log), await count(log)]
    await log.write(1)
    const refused = numbered(log)
    await expect(refused).rejects.toThrow(why)
    await expect(refused).rejects.toBeInstanceOf(SequencerRefusal)
    expect([checkpointOf(log), await count(log)]).toEqual(before)
  })

  test('somebody shows another head while it runs', async () => {
    const log = await freshLog(300)
    const sequencer = await openSequencer(sequencerOf(log))
    onTestFinished(() => sequencer?.close())
    await sequencer?.once()
    fs.writeFileSync(log.file('checkpoint'), reseal(log, 301, Buffer.alloc(32, 7)))
    await expect(sequencer?.once()).rejects.toThrow(SequencerRefusal)
  })

  async function editEntry(log: FreshLog): Promise<void> {
    await log.tamper(
      `UPDATE audit_entries SET leaf = replace(leaf, 'client.updated', 'client.trashed')
       WHERE id = (SELECT entry_id FROM audit_leaves WHERE index = 123)`,
    )
  }

  async function count(log: FreshLog): Promise<unknown> {
    return (
      await log.tamper('SELECT (SELECT count(*) FROM audit_leaves), (SELECT count(*) FROM audit_checkpoints)')
    ).rows
  }
})

describe('the signing key', () => {
  test('is made once, for its owner alone, in a folder of its own', async () => {
    const log = await freshLog(1)
    await numbered(log)
    const file = signingKeyFile(log.dataDir)
    expect(fs.statSync(file).mode & 0o777).toBe(0o600)
    expect(fs.statSync(path.dirname(file)).mode & 0o777).toBe(0o700)
    expect(fs.readdirSync(path.dirname(file))).toEqual(['signing.key'])
    expect(fs.readFileSync(file, 'utf8')).toMatch(
      /^PRIVATE\+KEY\+localhost:3000\/audit\/log\+[0-9a-f]{8}\+[\w+/]+=*\n$/,
    )
  })

  test('keeps the name of the log when the address of the back-office changes', async () => {
    const log = await freshLog(1)
    await numbered(log)
    await log.write(1)
    const { note } = await sequenceOnce({ ...sequencerOf(log), origin: 'admin.example.com/audit/log' })
    expect(note).toMatch(/^localhost:3000\/audit\/log\n2\n/)
  })

  test('has a successor once the owner of the database introduced it', async () => {
    const log = await freshLog(5)
    await numbered(log)
    const { skey, signer } = generateKey('localhost:3000/audit/log')
    fs.writeFileSync(signingKeyFile(log.dataDir), skey)
    await log.tamper('INSERT INTO audit_keys (vkey, origin) VALUES ($1, $2)', [
      signer.vkey.text,
      signer.vkey.name,
    ])
    await log.write(5)
    expect(await numbered(log)).toMatchObject({ size: 10 })
    await expectWholeLog(log)
  })
})

import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { rootDir } from '#platform/server/config.ts'
import { asDocument } from '../../../modules/audit/server/exporting/document.ts'
import { openPayload } from '../../../modules/audit/server/payloads.ts'
import { readCheckpoint } from '../../../modules/audit/server/tree/checkpoints.ts'
import { entryAt, nodesOf } from '../../../modules/audit/server/tree/reading.ts'
import { generateKey } from '../../../modules/audit/server/tree/keys.ts'
import { formatProof } from '../../../modules/audit/server/tree/proof-file.ts'
import { inclusionProof } from '../../../modules/audit/server/tree/proofs.ts'
import { soundLog } from '../../../tests/harness/sound-log.ts'
import { bareEnv } from '../../../tests/harness/bare-env.ts'

const log = await soundLog(
  (index) => ({
    actor: { type: 'staff', id: '0192f3a1-0000-7000-8000-000000000001' },
    verb: 'client.updated',
    object: { type: 'client', id: `client ${index}` },
    reason: 'Demande par téléphone',
    result: 'done',
    after: { city: 'Metz' },
  }),
  [5, 9],
)
const copy = await log.copy()

function mgp(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(rootDir, 'apps/server/cli/index.ts'), 'audit', ...args],
    {
      encoding: 'utf8',
      env: {
        ...bareEnv,
        DATABASE_URL: copy.appUrl,
        DATA_DIR: copy.dataDir,
        MASTER_KEY: log.masterKey.toString('base64'),
      },
    },
  )
  return { code: status, out: stdout, err: stderr }
}

const at = (name: string, text: string): string => {
  const file = path.join(copy.dataDir, name)
  fs.writeFileSync(file, text)
  return file
}

describe('verify', () => {
  test('says of a sound log that it is, up to where, and that its key was not pinned', () => {
    const { code, out, err } = mgp('verify')
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('The log is sound.')
    expect(out).toContain('9 numbered, 9 signed')
    expect(out).toContain('--key pins')
    expect(mgp('verify', '--key', copy.vkey.trim()).out).not.toContain('--key pins')
  })

  test('holds the log against a checkpoint somebody kept', () => {
    const kept = at('kept.txt', copy.read('checkpoint').toString())
    expect(mgp('verify', '--checkpoint', kept).code).toBe(0)
    const other = generateKey('backoffice.example/audit/log').signer.vkey.text
    expect(mgp('verify', '--key', other).code).toBe(1)
  })

  test('names the first entry that is wrong, in words and as JSON, exit code 1', async () => {
    const tampered = await log.copy()
    await tampered.admin.query(
      `UPDATE audit_entries SET leaf = replace(leaf, 'Demande', 'Ordre') FROM audit_leaves WHERE entry_id = id AND index IN (3, 7)`,
    )
    const verify = (...args: string[]) =>
      spawnSync(
        process.execPath,
        [path.join(rootDir, 'apps/server/cli/index.ts'), 'audit', 'verify', ...args],
        {
          encoding: 'utf8',
          env: {
            ...bareEnv,
            DATABASE_URL: tampered.appUrl,
            DATA_DIR: tampered.dataDir,
            MASTER_KEY: log.masterKey.toString('base64'),
          },
        },
      )
    const { status, stdout } = verify()
    expect(status).toBe(1)
    expect(stdout).toMatch(
      /NOT sound: 2 findings[^]*First: Entry 3 \([0-9a-f-]+\) was edited in the database/,
    )
    expect(JSON.parse(verify('--json').stdout)).toMatchObject({
      sound: false,
      findings: [
        { kind: 'entry_edited', index: 3 },
        { kind: 'entry_edited', index: 7 },
      ],
    })
  })
})

describe('verify-proof', async () => {
  const read = async (file: string) =>
    fs.existsSync(path.join(copy.folder, file)) ? copy.read(file) : undefined
  const proof = formatProof({
    index: 4,
    proof: await inclusionProof(4, 9, nodesOf(9, read)),
    note: copy.read('checkpoint').toString(),
    extra: await entryAt(4, 9, read),
  })
  const file = at('journal-4.tlog-proof', proof)

  test('tells who did what to which object when, and against which key', () => {
    const { code, out } = mgp('verify-proof', file, '--key', copy.vkey.trim())
    expect(code).toBe(0)
    expect(out).toMatch(/what +client\.updated \(done\)/)
    expect(out).toMatch(/who +staff 0192f3a1-0000-7000-8000-000000000001/)
    expect(out).toMatch(/object +client client 4/)
    expect(out).toMatch(/place +index 4 of a tree of 9/)
    expect(out).toContain('Held against the key given by --key.')
  })

  test('says plainly when the key comes from the published folder', () => {
    const { code, out } = mgp('verify-proof', file)
    expect(code).toBe(0)
    expect(out).toContain(
      `Held against the key in ${path.join(copy.folder, 'vkey')}: worth what you trust that file`,
    )
  })

  test('an export holds with all its entries and payloads, and not when one of them was changed', async () => {
    const { rows } = await copy.admin.query<{ leaf: string; index: string; id: string; sealed: Buffer }>(
      'select leaf, index, id, sealed from audit_log order by index desc',
    )
    const entries = rows.map(({ leaf, index, id, sealed }) => ({
      leaf,
      index: Number(index),
      salted: openPayload(log.vault, id, sealed).salted,
      damaged: false,
    }))
    const note = copy.read('checkpoint').toString()
    const tree = { ...readCheckpoint(note), vkey: copy.vkey.trim(), note, read }
    const batches = (async function* () {
      yield entries
    })()
    const about = { filter: {}, exportedAt: new Date() }
    const text = (await Array.fromAsync(asDocument(batches, about, tree, () => {}))).join('')
    const sound = mgp('verify-proof', at('journal.json', text), '--key', copy.vkey.trim())
    expect(sound).toMatchObject({ code: 0, out: expect.stringContaining('9 entries of it stand in the log') })
    expect(sound.out).toMatch(/payloads +9 as committed to/)
    const forged = mgp('verify-proof', at('forged.json', text.replace('Metz', 'Lyon')))
    expect(forged).toMatchObject({
      code: 1,
      err: expect.stringContaining('the payload of entry 8 is not what'),
    })
  })

  test('of another entry, or signed with another key, does not hold, exit code 1', () => {
    const forged = at('forged.tlog-proof', proof.replace('index 4', 'index 5'))
    expect(mgp('verify-proof', forged)).toMatchObject({
      code: 1,
      err: expect.stringContaining('does NOT hold'),
    })
    const other = generateKey('backoffice.example/audit/log').signer.vkey.text
    expect(mgp('verify-proof', file, '--key', other)).toMatchObject({ code: 1 })
    expect(JSON.parse(mgp('verify-proof', forged, '--json').out)).toMatchObject({ holds: false })
  })
})

test.for([
  [[], 'mgp audit verify'],
  [['verify', 'x'], 'mgp audit verify'],
  [['verify-proof'], 'mgp audit verify'],
  [['verify-proof', '/nowhere'], 'No such file: /nowhere'],
  [['verify', '--checkpoint', '/nowhere'], 'No such file: /nowhere'],
  [['verify', '--key', 'abc'], 'this is no vkey'],
  [['verify', '--lag', 'soon'], '--lag is "soon"'],
  [['verify', '--fast'], "Unknown option '--fast'"],
] as [string[], string][])('wrong usage, %j, says what is wrong, exit code 2', ([args, said]) => {
  expect(mgp(...args)).toMatchObject({ code: 2, err: expect.stringContaining(said) })
})

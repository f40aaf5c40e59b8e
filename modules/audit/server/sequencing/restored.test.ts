/** What docs/operations.md, "After a restore", tells operators to do, done. */
import fs from 'node:fs'
import { expect, test } from 'vitest'
import { openPool } from '#platform/server/db.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { freshLog, type FreshLog } from '../../../../tests/harness/fresh-log.ts'
import { numbered } from '../../../../tests/harness/sequencer.ts'
import { expectWholeLog } from '../../../../tests/harness/whole-log.ts'
import { parseVkey, type Vkey } from '../tree/keys.ts'
import { verifyLog, type Verification } from '../verifying/verify-log.ts'
import { signingKeyFile } from './folders.ts'
import { introductionOf } from './introduction.ts'
import { SequencerRefusal } from './refusal.ts'
import { makeSigningKey, readSigningKey } from './signing-key.ts'

/** A database that is 200 entries behind what was published; entries came since. */
async function restored(): Promise<FreshLog> {
  const log = await freshLog(300)
  await numbered(log)
  await log.write(200)
  await numbered(log)
  await log.tamper('DELETE FROM audit_checkpoints WHERE size > 300')
  await log.tamper(
    'DELETE FROM audit_entries WHERE id IN (SELECT entry_id FROM audit_leaves WHERE index >= 300)',
  )
  await log.tamper('DELETE FROM audit_leaves WHERE index >= 300')
  await log.write(50)
  return log
}

const putAside = (log: FreshLog) => fs.renameSync(log.file('.'), log.file('../audit-log.aside'))

/** Puts another key in the place of the log's, which introduces it. */
async function succeed(log: FreshLog, name: string): Promise<Vkey> {
  const file = signingKeyFile(log.dataDir)
  const former = readSigningKey(file)
  if (!former) throw new Error('the log has no key')
  fs.rmSync(file)
  const { vkey } = makeSigningKey(file, name)
  await log.tamper('INSERT INTO audit_keys (vkey, origin, introduction) VALUES ($1, $2, $3)', [
    vkey.text,
    vkey.name,
    introductionOf(vkey, former),
  ])
  return vkey
}

/** What is wrong with the log, but for the payloads that entries of a test never had. */
async function wrongWith(log: FreshLog, over: { keys?: string[]; checkpoints?: string[] } = {}) {
  const pool = openPool(log.database.appUrl, { max: 1 })
  const { keys = [], checkpoints = [] } = over
  const { findings }: Verification = await verifyLog(pool, {
    folder: log.file('.'),
    vault: vaultOf(Buffer.alloc(32)),
    keys: keys.map(parseVkey),
    checkpoints: checkpoints.map((note) => ({ place: 'kept', note })),
    lagMs: 600_000,
  }).finally(() => pool.end())
  return findings.map(({ kind }) => kind).filter((kind) => kind !== 'payload_missing')
}

test('a database behind the published log is not signed over', async () => {
  const log = await restored()
  await expect(numbered(log)).rejects.toThrow(SequencerRefusal)
})

test('once the published log is put aside, the tree goes on from what was restored; who kept a newer checkpoint sees it', async () => {
  const log = await restored()
  const kept = fs.readFileSync(log.file('checkpoint'), 'utf8')
  putAside(log)
  expect(await numbered(log)).toMatchObject({ size: 350 })
  expect(await expectWholeLog(log)).toBe(350)
  expect(await wrongWith(log)).toEqual([])
  expect(await wrongWith(log, { checkpoints: [kept] })).not.toEqual([])
})

test('under another name it is another log, that holds every entry the database has', async () => {
  const log = await restored()
  const former = fs.readFileSync(log.file('vkey'), 'utf8').trim()
  putAside(log)
  const vkey = await succeed(log, 'localhost:3000/audit/log-2')
  const { note } = await numbered(log)
  expect(note).toMatch(/^localhost:3000\/audit\/log-2\n350\n/)
  expect(await expectWholeLog(log)).toBe(350)
  expect(await wrongWith(log)).toEqual([])
  expect(await wrongWith(log, { keys: [former, vkey.text] })).toEqual([])
})

test('a successor of the key goes on under the same name, for who is given both keys', async () => {
  const log = await freshLog(300)
  await numbered(log)
  const former = fs.readFileSync(log.file('vkey'), 'utf8').trim()
  const vkey = await succeed(log, parseVkey(former).name)
  await log.write(50)
  await numbered(log)
  expect(await wrongWith(log)).toEqual([])
  expect(await wrongWith(log, { keys: [former, vkey.text] })).toEqual([])
  expect(await wrongWith(log, { keys: [former] })).toContain('key_differs')
})

import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { uuidv7 } from './ids.ts'
import { FileMissing, tenantFiles } from './tenant-files.ts'
import { vaultOf } from './vault.ts'

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'mgp-files-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))
const files = tenantFiles(dataDir)
const vault = vaultOf(randomBytes(32))
const tenant = uuidv7()
const read = async (tenantId: string, id: string, key = vault) =>
  Buffer.concat(await (await files.open(tenantId, id, key)).toArray())
const stored = (id: string) => path.join(dataDir, 'tenant-files', tenant, id)

test('a file of any size comes back as it came, and is measured on the way', async () => {
  const piece = 256 * 1024
  for (const size of [0, 1, piece - 1, piece, piece + 1, 3 * piece]) {
    const id = uuidv7()
    const content = randomBytes(size)
    const kept = await files.put(tenant, id, content, vault)
    expect(kept).toEqual({ bytes: size, sha256: createHash('sha256').update(content).digest() })
    expect((await read(tenant, id)).equals(content), `${size} bytes`).toBe(true)
  }
})

test('on the disk it is sealed, and nobody but the server reads its folder', async () => {
  const id = uuidv7()
  await files.put(tenant, id, Buffer.from('Compte rendu de bilan'), vault)
  expect(readFileSync(stored(id)).includes('Compte')).toBe(false)
  expect(statSync(path.join(dataDir, 'tenant-files')).mode & 0o777).toBe(0o700)
})

test('with another key, under another id, changed, cut or put in another order it does not open', async () => {
  const [id, other] = [uuidv7(), uuidv7()]
  const piece = 256 * 1024
  await files.put(tenant, id, randomBytes(2 * piece + 5), vault)
  const bytes = readFileSync(stored(id))
  await expect(read(tenant, id, vaultOf(randomBytes(32)))).rejects.toThrow()
  writeFileSync(stored(other), bytes)
  await expect(read(tenant, other)).rejects.toThrow()
  const frame = bytes.readUInt32BE() + 4
  const swapped = Buffer.concat([
    bytes.subarray(frame, 2 * frame),
    bytes.subarray(0, frame),
    bytes.subarray(2 * frame),
  ])
  const changed = Buffer.from(bytes)
  changed[frame + 40] = changed[frame + 40]! ^ 1 // it is within
  for (const damaged of [
    swapped,
    changed,
    bytes.subarray(0, frame),
    bytes.subarray(0, 2 * frame),
    bytes.subarray(0, -1),
    Buffer.alloc(0),
  ]) {
    writeFileSync(stored(id), damaged)
    await expect(read(tenant, id)).rejects.toThrow()
  }
})

test('what could not be written whole is not there, and what stood there before stays', async () => {
  const [fresh, before] = [uuidv7(), uuidv7()]
  await files.put(tenant, before, Buffer.from('before'), vault)
  async function* failing() {
    yield randomBytes(600_000)
    throw new Error('the line broke')
  }
  for (const id of [fresh, before])
    await expect(files.put(tenant, id, failing(), vault)).rejects.toThrow('line broke')
  expect(await files.has(tenant, fresh)).toBe(false)
  await expect(files.open(tenant, fresh, vault)).rejects.toBeInstanceOf(FileMissing)
  expect((await read(tenant, before)).toString()).toBe('before')
  expect(readdirSync(path.dirname(stored(before))).filter((name) => name.endsWith('.draft'))).toEqual([])
})

test('a tenant’s files are listed and removed without touching another’s; no name leads out of a folder', async () => {
  const [mine, theirs] = [uuidv7(), uuidv7()]
  const [first, second] = [uuidv7(1), uuidv7(2)]
  await files.put(mine, second, Buffer.from('2'), vault)
  await files.put(mine, first, Buffer.from('1'), vault)
  await files.put(theirs, first, Buffer.from('3'), vault)
  expect(await files.list(mine)).toEqual([first, second])
  expect(await files.removeAll(mine)).toBe(2)
  expect(await files.removeAll(mine)).toBe(0)
  expect(await files.list(theirs)).toEqual([first])
  for (const [tenantId, id] of [
    ['..', first],
    ['', first],
    [theirs, '../x'],
    [theirs, '.'],
  ] as const)
    await expect(files.put(tenantId, id, Buffer.of(1), vault)).rejects.toThrow()
})

import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from '#platform/server/config.ts'
import { confinement } from '../../../../apps/server/launch/confinement.ts'
import { signedLog } from '../../../../tests/harness/signed-log.ts'
import { folderWitness, keptBy } from './folder.ts'
import type { Place } from './places.ts'

function someFolder() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-witness-'))
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }))
  const place = { kind: 'folder', name: `folder://${folder}`, folder } satisfies Place
  return { folder, place, witness: folderWitness(place) }
}

const read = (folder: string, name: string) => fs.readFileSync(path.join(folder, name), 'utf8')

test('each checkpoint is copied whole, under its size, and nothing else is left there', async () => {
  const { folder, witness } = someFolder()
  const log = signedLog()
  const [one, two] = [log.grow(3), log.grow(300)]
  expect(await witness.hand(one, 0)).toEqual({ keptAt: path.join(folder, '3.checkpoint') })
  await witness.hand(two, 3)
  await witness.hand(two, 3)
  expect(fs.readdirSync(folder).toSorted()).toEqual(['3.checkpoint', '303.checkpoint'])
  expect(read(folder, '303.checkpoint')).toBe(two.note)
})

test('what is there is never written over, and what it says otherwise is a contradiction', async () => {
  const { folder, witness } = someFolder()
  const log = signedLog()
  await witness.hand(log.grow(5), 0)
  const kept = read(folder, '5.checkpoint')
  const rewritten = signedLog(log.signer).grow(5, 'another entry')
  await expect(witness.hand(rewritten, 0)).rejects.toMatchObject({
    code: 'contradiction',
    detail: '5.checkpoint is there and says something else than our log',
  })
  expect(read(folder, '5.checkpoint')).toBe(kept)
  expect(fs.readdirSync(folder)).toEqual(['5.checkpoint'])
})

test('the same tree under another key of the log is no contradiction', async () => {
  const { witness } = someFolder()
  await witness.hand(signedLog().grow(5), 0)
  await expect(witness.hand(signedLog().grow(5), 0)).resolves.toHaveProperty('keptAt')
})

test('a folder that is gone is not made anew: below a mount that is away it would be ours', async () => {
  const { folder, witness } = someFolder()
  fs.rmSync(folder, { recursive: true })
  await expect(witness.hand(signedLog().grow(1), 0)).rejects.toMatchObject({
    code: 'unreachable',
    detail: 'ENOENT',
  })
  expect(fs.existsSync(folder)).toBe(false)
})

test('the server’s process, confined as it is, reaches the folder', async () => {
  const { folder, place } = someFolder()
  const flags = confinement({ ...readConfig({}), auditWitnesses: [place.name] })
  const { note, size } = signedLog().grow(2)
  const script = `
    import { folderWitness, keptBy } from ${JSON.stringify(path.join(import.meta.dirname, 'folder.ts'))}
    const place = ${JSON.stringify(place)}
    await folderWitness(place).hand({ size: ${size}, note: ${JSON.stringify(note)} }, 0)
    console.log((await keptBy(place)).length)`
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, '--input-type=module', '-e', script], {
    encoding: 'utf8',
  })
  expect({ stdout, stderr }).toEqual({ stdout: '1\n', stderr: '' })
  expect(read(folder, '2.checkpoint')).toBe(note)
})

test('what it keeps is read back to hold the log against', async () => {
  const { folder, place, witness } = someFolder()
  const log = signedLog()
  const [one, two] = [log.grow(3), log.grow(4)]
  await witness.hand(one, 0)
  await witness.hand(two, 3)
  fs.writeFileSync(path.join(folder, 'README'), 'kept by somebody else')
  expect(await keptBy(place)).toEqual([
    { place: path.join(folder, '7.checkpoint'), note: two.note },
    { place: path.join(folder, '3.checkpoint'), note: one.note },
  ])
})

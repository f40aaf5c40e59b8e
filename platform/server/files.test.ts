import { mkdtemp, mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { seedDemonstrationStaff } from '#server/identity'
import { centralDb, openPool } from './db.ts'
import { openFiles } from './files.ts'
import { vaultOf } from './vault.ts'
import { testDatabase } from '../../tests/harness/database.ts'

const { appUrl } = await testDatabase()

async function arrange() {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'mgp-files-'))
  const db = centralDb(openPool(appUrl, { max: 2 }))
  onTestFinished(async () => {
    await db.destroy()
    await rm(dataDir, { recursive: true })
  })
  await seedDemonstrationStaff(db, vaultOf(Buffer.alloc(32, 1)))
  const { id: staffId } = await db.selectFrom('staffMembers').select('id').executeTakeFirstOrThrow()
  const files = openFiles(dataDir)
  const draft = async (name: string) => {
    await mkdir(files.workFolder, { recursive: true })
    const file = path.join(files.workFolder, name)
    await writeFile(file, 'Arnaud;arnaud@example.com', { mode: 0o600 })
    return file
  }
  const keep = async () =>
    files.keep(db, {
      path: await draft('export-1'),
      name: 'clients.csv',
      mediaType: 'text/csv',
      staffId,
      needsPermission: 'clients.export',
      limits: undefined,
    })
  return { dataDir, db, files, draft, keep }
}

test('nobody else on the machine may look into the folders of files', async () => {
  const { dataDir, keep } = await arrange()
  await keep()
  for (const folder of ['files', 'work'])
    expect((await stat(path.join(dataDir, folder))).mode & 0o777).toBe(0o700)
})

test('what a killed process left behind is swept after a day, like what expired', async () => {
  const { dataDir, db, files, draft, keep } = await arrange()
  const kept = await keep()
  const dayBeforeYesterday = Date.now() / 1000 - 48 * 3600
  for (const name of ['export-dead', 'upload-dead']) {
    await utimes(await draft(name), dayBeforeYesterday, dayBeforeYesterday)
  }
  const orphan = path.join(dataDir, 'files', 'orphan')
  await writeFile(orphan, 'x')
  await utimes(orphan, dayBeforeYesterday, dayBeforeYesterday)
  await draft('upload-alive')

  await files.sweep(db)
  expect(await readdir(files.workFolder)).toEqual(['upload-alive'])
  const { storageKey } = await db
    .selectFrom('storedFiles')
    .where('id', '=', kept)
    .select('storageKey')
    .executeTakeFirstOrThrow()
  expect(await readdir(path.join(dataDir, 'files'))).toEqual([storageKey])
})

test('a file whose row outlived it is gone, which is no bug', async () => {
  const { files } = await arrange()
  await expect(files.read('nowhere')).rejects.toMatchObject({ refusal: { code: 'file_gone', status: 410 } })
})

/** The server as people run it, killed in the middle of an export: nothing half is ever offered, and one whole file is, once. */
import { statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { downloadSqlExport, listSqlExports, readSql, startSqlExport } from '#contract/sql-console'
import { expect, test } from 'vitest'
import { buildWebApps } from '../../../../apps/server/launch/web-builds.ts'
import { atTheEnd } from '../../../../tests/harness/at-the-end.ts'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { startRealServer } from '../../../../tests/harness/real-server.ts'
import { author, body } from '../../../../tests/harness/sql.ts'
import { tenancyServer } from '../../../../tests/harness/tenants.ts'

// It lives on, and does no jobs.
const server = await tenancyServer({ env: { ROLE: 'web' } })
const { database, dataDir } = server
await buildWebApps(() => {})
const mortal = await startRealServer({
  databaseUrl: database.appUrl,
  dataDir,
  env: {
    MASTER_KEY: server.masterKey.toString('base64'),
    PROVISIONER_DATABASE_URL: database.provisionerUrl,
    CONSOLE_DATABASE_URL: database.consoleUrl,
  },
})
atTheEnd(() => mortal.stop())

const rows = 100_000

test('a server killed in an export begins it anew when it is back; one whole file is offered, once', async () => {
  const as = await author(server)
  const text = `SELECT n, md5(n::text) || md5((n + 1)::text) AS print FROM generate_series(1, ${rows}) n`
  const run = await as.call(readSql, { body: body(text) })
  const { id } = await as.call(startSqlExport, { params: { id: run.id }, body: { format: 'csv' } })
  const shown = async () => (await as.call(listSqlExports)).rows.find((row) => row.id === id)
  const download = () => as.ask(downloadSqlExport, { params: { id } })
  const file = path.join(dataDir, 'sql-exports', as.staffId, id)

  while ((statSync(`${file}.draft`, { throwIfNoEntry: false })?.size ?? 0) < 1_000_000) await pause(2)
  await mortal.kill()
  expect((await download()).status).toBe(410)
  expect(await shown()).toMatchObject({ state: 'running', bytes: null })

  await mortal.start()
  await expect.poll(async () => (await shown())?.state, { timeout: 90_000 }).toBe('made')
  const { text: content } = await download()
  const lines = content.split('\r\n')
  expect(lines).toHaveLength(rows + 2)
  expect(lines[rows]).toMatch(new RegExp(`^${rows};[0-9a-f]{64}$`))
  expect(await readdir(path.dirname(file))).toEqual([id])
  const prepared = await entriesOf(server, { object: id, verb: 'sql_export.prepared' })
  expect(prepared).toHaveLength(1)
}, 240_000)

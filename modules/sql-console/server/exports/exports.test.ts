/** What was read, as a file: made by the real job, taken over the real server. */
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import * as sql from '#contract/sql-console'
import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { systemClock } from '#platform/server/clock.ts'
import { openLog } from '#platform/server/log.ts'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { asAdmin } from '../../../../tests/e2e/run/as-admin.ts'
import { author, body, second } from '../../../../tests/harness/sql.ts'
import { tenancyServer } from '../../../../tests/harness/tenants.ts'

const server = await tenancyServer()
type Staff = Awaited<ReturnType<typeof author>>

/** Something read, of which an export is asked for. */
async function reading(text: string, { as, target }: { as?: Staff; target?: string } = {}) {
  const by = as ?? (await author(server))
  const run = await by.call(sql.readSql, { body: body(text, target === undefined ? {} : { target }) })
  return { as: by, run }
}
async function asked(
  text: string,
  over: { as?: Staff; target?: string; format?: sql.SqlExportFormat; statement?: number } = {},
) {
  const { as, run } = await reading(text, over)
  const { format = 'csv', statement = 0 } = over
  const { id } = await as.call(sql.startSqlExport, { params: { id: run.id }, body: { format, statement } })
  return { as, run, id }
}
/** Until nobody is at it any more. */
async function settled(as: Staff, id: string): Promise<sql.SqlExport> {
  for (;;) {
    const { rows } = await as.call(sql.listSqlExports, {})
    const one = rows.find((row) => row.id === id)
    if (one && one.state !== 'waiting' && one.state !== 'running') return one
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
const download = (as: Staff, id: string) => as.send('GET', `/api/v1/sql/exports/${id}/file`)
async function made(text: string, over: Parameters<typeof asked>[1] = {}) {
  const one = await asked(text, over)
  return { ...one, done: await settled(one.as, one.id) }
}

test('the whole of what was read, beyond what the screen keeps, as French spreadsheets open it', async () => {
  const { as, run, id, done } = await made('SELECT n, n * 1.5 AS half FROM generate_series(1, 2500) n')
  expect(run.report?.statements[0]?.rows.length).toBeLessThan(2500)
  expect(done).toMatchObject({
    state: 'made',
    rows: 2500,
    expected: 2500,
    cut: null,
    code: null,
    shortened: 0,
  })
  const { status, text, headers } = await download(as, id)
  expect(status).toBe(200)
  expect(headers.get('content-disposition')).toMatch(/sql-generate_series-.*\.csv/)
  const lines = text.split('\r\n')
  expect(lines.slice(0, 2)).toEqual(['\uFEFFn;half', '1;1.5'])
  expect(lines).toHaveLength(2502)
  expect(Buffer.byteLength(text)).toBe(done.bytes)
})

/** Every column of every database is classed: what the console shows of it is somebody's decision (modules/sql-console). */
import pg from 'pg'
import { expect, test } from 'vitest'
import {
  allLines,
  classOf,
  lineOf,
  type DatabaseKind,
} from '../../modules/sql-console/server/masking/classes.ts'
import { readColumns, type Columns } from '../../modules/sql-console/server/masking/columns.ts'
import { smallFleet } from '../harness/fleet.ts'
import { onDatabase } from '../harness/another-cluster.ts'

const fleet = await smallFleet(1)
const [practice] = fleet.tenants

async function columnsOf(kind: DatabaseKind, url: string): Promise<Columns> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await readColumns(client, kind)
  } finally {
    await client.end()
  }
}
const live = {
  central: await columnsOf('central', fleet.database.adminUrl),
  tenant: await columnsOf('tenant', onDatabase(fleet.database.adminUrl, practice?.databaseName ?? '')),
}
const all = (['central', 'tenant'] as const).flatMap((kind) =>
  [...live[kind].byName.values()].flatMap(({ name: table, columns }) =>
    columns.map(({ name: column, is }) => ({ kind, table, column, is })),
  ),
)

test('every column says what it holds', () => {
  expect(all.length).toBeGreaterThan(1000)
  expect(
    all.filter(({ is }) => is === 'unclassed').map(({ kind, table, column }) => `${kind}.${table}.${column}`),
  ).toEqual([])
})

test('every line of the classes names a column', () => {
  const used = new Set(all.map(({ kind, table, column }) => lineOf(kind, table, column)?.[0]))
  expect(allLines.filter((line) => !used.has(line))).toEqual([])
})

test('what is sealed, hashed or a key is a secret or clinical, and whoever is written to or called is masked', () => {
  const shown = all.filter(
    ({ column, is }) =>
      (/_sealed$|^sealed$|password|secret|token_hash|key_hash|code_hash/.test(column) &&
        !column.endsWith('_at') &&
        is !== 'secret' &&
        is !== 'clinical') ||
      (/email|phone|iban|_name$|^ip$|address|remark|body|subject$|birth|born/.test(column) &&
        is === 'open' &&
        !column.endsWith('_at')),
  )
  // Said to everybody, names of databases, what was chosen from a list, numbers and wishes.
  expect(shown.map(({ kind, table, column }) => `${kind}.${table}.${column}`).toSorted()).toEqual([
    'central.announcements.body_en',
    'central.announcements.body_fr',
    'central.clusters.address',
    'central.clusters.template_name',
    'central.tenant_spares.database_name',
    'central.tenants.database_name',
    'tenant.calls.subject',
    'tenant.consents.subject',
    'tenant.patients.no_email',
    'tenant.practice.reminder_email_days',
  ])
})

test('nobody classed what nobody knows', () => {
  expect(classOf('central', 'clients', 'horoscope')).toBe('unclassed')
})

import { beforeAll, describe, expect, test } from 'vitest'
import { alerts, countTenants, listTenants, type TenantRow } from '#contract/tenancy'
import type { CallInput } from '#platform/contract/endpoint.ts'
import type { Browserless } from '../../../tests/harness/browserless.ts'
import { tellCatalogue } from '../../../tests/harness/catalogue.ts'
import { testServer } from '../../../tests/harness/server.ts'
import { type Asked } from './alerts.ts'
import { tenantsCounted, tenantsMatching, tenantsPage } from './queries.ts'

const server = await testServer()
const told = tellCatalogue(server.pool)
let support: Browserless
let elsewhere: string

type Query = CallInput<typeof listTenants>['query']
const list = (query: Query = {}) => support.call(listTenants, { query })
const names = async (query: Query = {}) => (await list(query)).rows.map(({ name }) => name)

const ago = (days: number) => new Date(Date.now() - days * 86_400_000)

beforeAll(async () => {
  support = await server.as('support')
  elsewhere = await told.cluster('elsewhere')
  await told.tenant('Cabinet de Zoé Martin', { size_bytes: 1_000 })
  await told.tenant('Cabinet d’Élodie Brun', { state: 'suspended', size_bytes: 500 })
  await told.tenant('Secrétariat de Paul Émile', { kind: 'secretary', cluster_id: elsewhere })
  await told.tenant('Cabinet d’Alain Roux', { state: 'provisioning', schema_version: null })
  await told.tenant('Cabinet de Marc Petit', { state: 'purged', size_bytes: 9_000 })
  const failing = await told.tenant('Cabinet de Rose Vidal')
  const works = { tenant_id: failing, kind: 'backup' }
  await told.work(failing, { ...works, state: 'done', ended_at: ago(2), asked_at: ago(2) })
  await told.work(failing, { ...works, state: 'failed', ended_at: ago(1), asked_at: ago(1) })
})

describe('the list of tenants', () => {
  test('has all but the purged, by name, accents and case forgiven', async () => {
    expect(await names()).toEqual([
      'Cabinet d’Alain Roux',
      'Cabinet d’Élodie Brun',
      'Cabinet de Rose Vidal',
      'Cabinet de Zoé Martin',
      'Secrétariat de Paul Émile',
    ])
    expect((await list()).total).toBe(5)
    expect(await names({ state: 'purged' })).toEqual(['Cabinet de Marc Petit'])
  })

  test('filtered by state, kind and cluster', async () => {
    expect(await names({ state: 'suspended' })).toEqual(['Cabinet d’Élodie Brun'])
    expect(await names({ kind: 'secretary' })).toEqual(['Secrétariat de Paul Émile'])
    expect(await names({ cluster: elsewhere })).toEqual(['Secrétariat de Paul Émile'])
    expect(await names({ cluster: elsewhere, kind: 'practitioner' })).toEqual([])
  })

  test('searched by words of the name or by the beginning of the database’s', async () => {
    expect(await names({ q: 'ELODIE' })).toEqual(['Cabinet d’Élodie Brun'])
    expect(await names({ q: 'martin zoe' })).toEqual(['Cabinet de Zoé Martin'])
    for (const q of ['zoe vidal', '%', '_', '\\', '!!!']) expect([q, await names({ q })]).toEqual([q, []])
    const [{ databaseName, name }] = (await list()).rows as [TenantRow]
    expect(await names({ q: databaseName.slice(0, 12) })).toEqual([name])
  })

  test('turned page by page shows each row once', async () => {
    const turned: string[] = []
    let after: string | null = null
    do {
      const page: { rows: TenantRow[]; next: string | null } = await list({
        limit: 2,
        ...(after ? { after } : {}),
      })
      turned.push(...page.rows.map(({ name }) => name))
      after = page.next
    } while (after !== null)
    expect(turned).toEqual(await names())
  })

  test('refuses by name what it cannot mean', async () => {
    const forged = Buffer.from(JSON.stringify({ name: 'a\u0000', id: crypto.randomUUID() })).toString(
      'base64url',
    )
    for (const [query, path] of [
      [{ state: 'asleep' }, 'state'],
      [{ alert: 'thirsty' }, 'alert'],
      [{ cluster: 'home' }, 'cluster'],
      [{ after: 'nonsense' }, 'after'],
      [{ after: forged }, 'after'],
    ] as const)
      expect([query, await support.refused(listTenants, { query: query as never })]).toMatchObject([
        query,
        { status: 400, fields: [{ path }] },
      ])
  })

  test('shows what is under way, and what failed as an alert', async () => {
    const id = (await list({ q: 'zoe' })).rows[0]?.id ?? ''
    const work = await told.work(id, { state: 'running', step: 'write', done: 3, total: 10 })
    expect((await list({ q: 'zoe' })).rows[0]?.work).toMatchObject({
      id: work,
      step: 'write',
      done: 3,
      total: 10,
    })
    expect((await list({ alert: 'work_failed' })).rows).toMatchObject([
      { name: 'Cabinet de Rose Vidal', work: null, alerts: ['work_failed'] },
    ])
  })
})

test('the figures count every state, and the purged take no room', async () => {
  expect(await support.call(countTenants)).toMatchObject({
    states: { provisioning: 1, active: 3, suspended: 1, moving: 0, purging: 0, purged: 1 },
    sizeBytes: 1_500,
    needSomebody: 1,
    alerts: { work_failed: 1, drifts: 0 },
  })
})

describe('an alert is given', () => {
  const asked: Asked = { versions: { current: 5, oldestServed: 3 }, now: new Date() }
  const whole = { schema_version: 5, last_backup_at: ago(1) }
  const state = (over: Record<string, unknown>) => ({ ...whole, ...over })
  const hereDown = told.cluster('down', { unreachable_since: ago(0), trouble: 'ECONNREFUSED' })

  const cases: [string, (typeof alerts)[number][], () => Promise<Record<string, unknown>>][] = [
    ['nothing of one that is well', [], async () => whole],
    [
      'of one whose cluster does not answer',
      ['cluster_unreachable'],
      async () => state({ cluster_id: await hereDown }),
    ],
    ['of a schema older than what is served', ['version_refused'], async () => state({ schema_version: 2 })],
    ['of a schema newer than this release', ['version_refused'], async () => state({ schema_version: 6 })],
    ['of one that waits for its migration', ['behind'], async () => state({ schema_version: 3 })],
    ['of slow questions', ['slow_queries'], async () => state({ slow_queries: 2 })],
    ['of one without a backup for a week', ['backup_missing'], async () => state({ last_backup_at: ago(8) })],
    [
      'of one that never had one',
      ['backup_missing'],
      async () => state({ last_backup_at: null, created_at: ago(8) }),
    ],
    ['of none that is new', [], async () => state({ last_backup_at: null })],
    [
      'of no backup that a suspended one misses',
      [],
      async () => state({ state: 'suspended', last_backup_at: ago(8) }),
    ],
    [
      'the worst first',
      ['version_refused', 'backup_missing', 'slow_queries'],
      async () => state({ schema_version: 1, last_backup_at: ago(9), slow_queries: 1 }),
    ],
    [
      'of none that is gone',
      [],
      async () => state({ state: 'purged', cluster_id: await hereDown, schema_version: 1, slow_queries: 1 }),
    ],
  ]
  test.for(cases)('%s', async ([name, expected, row]) => {
    const made = await row()
    await told.tenant(name, made)
    const filter = { q: name, ...(made['state'] === 'purged' ? { state: 'purged' as const } : {}) }
    expect(
      (await tenantsPage(server.db, filter, asked, { after: undefined, limit: 2 })).map(
        (found) => found.row.alerts,
      ),
    ).toEqual([expected])
  })

  test('of one that differs from its template, and no more once it does not', async () => {
    const id = await told.tenant('qui dérive', whole)
    const drift = (differences: unknown[]) =>
      server.pool.query(
        `INSERT INTO tenant_drifts (tenant_id, checked_at, differences) VALUES ($1, now(), $2)
         ON CONFLICT (tenant_id) DO UPDATE SET differences = excluded.differences`,
        [id, JSON.stringify(differences)],
      )
    const seen = async () => tenantsMatching(server.db, { q: 'derive', alert: 'drifts' }, asked)
    await drift([{ kind: 'missing', line: 'index notes_author' }])
    expect(await seen()).toBe(1)
    await drift([])
    expect(await seen()).toBe(0)
  })

  test('and one that only waits for its migration needs nobody', async () => {
    await told.tenant('Cabinet qui attend', state({ schema_version: 4 }))
    const matching = (alert: 'any' | 'behind') =>
      tenantsMatching(server.db, { q: 'Cabinet qui attend', alert }, asked)
    expect({ behind: await matching('behind'), any: await matching('any') }).toEqual({ behind: 1, any: 0 })
    const before = await tenantsCounted(server.db, asked)
    await told.tenant('Cabinet qui attend aussi', state({ schema_version: 4 }))
    const after = await tenantsCounted(server.db, asked)
    expect(after.alerts.behind).toBe(before.alerts.behind + 1)
    expect(after.needSomebody).toBe(before.needSomebody)
  })

  test('and every figure has its lines: as many are listed as were counted', async () => {
    const counted = await tenantsCounted(server.db, asked)
    const listed = Object.fromEntries(
      await Promise.all(
        alerts.map(async (alert) => [alert, await tenantsMatching(server.db, { alert }, asked)] as const),
      ),
    )
    expect(listed).toEqual(counted.alerts)
    expect(await tenantsMatching(server.db, { alert: 'any' }, asked)).toBe(counted.needSomebody)
    expect(counted.needSomebody).toBeGreaterThan(5)
  })
})

import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { sql } from './db.ts'
import { Platform } from './errors.ts'
import { uuidv7 } from './ids.ts'
import { NotFound } from './requests.ts'
import { practices } from './tenant-connections/practices.ts'
import { tenantOf, type TenantDatabases, type TenantDb, type TenantPlace } from './tenant-db.ts'

/** For tests that wait until somebody loses it. */
const patience = { turn: 150, connection: 300, leftAlone: 300 }

const many = process.env['TEST_LONG'] ? { tenants: 200, cap: 10 } : { tenants: 14, cap: 4 }

const house = await practices()
const camille = await house.open('Cabinet de Camille Roche')
const hugo = await house.open('Cabinet de Hugo Blanc')
const lea = await house.open('Cabinet de Léa Petit')

const there = [camille, hugo, lea]

const whereAmI = async (db: TenantDb) => {
  const { rows } = await sql<{
    database: string
    tenant: string
  }>`select current_database() as database, tenant_id as tenant from practice`.execute(db)
  return rows[0]
}
const askWhere = async (databases: TenantDatabases, { tenantId }: TenantPlace) =>
  whereAmI(await databases.reading(tenantId, 'practitioner'))
const placeOf = ({ tenantId, databaseName }: TenantPlace) => ({ database: databaseName, tenant: tenantId })
const platform = (code: string) => expect.objectContaining({ code })

/** Somebody at work in a practice until they are let go. */
function atWork(databases: TenantDatabases, { tenantId }: TenantPlace) {
  const [begun, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const done = databases.within(tenantId, 'practitioner', async (db) => {
    await whereAmI(db)
    begun.resolve()
    await over.promise
  })
  done.catch(begun.reject)
  return { begun: begun.promise, done, letGo: () => over.resolve() }
}

test('many tenants in turn under a small cap: each finds its own practice and nobody is refused', async () => {
  const databases = house.databases(many.cap)
  while (there.length < many.tenants) there.push(await house.open(`Cabinet ${there.length}`))
  let most = 0
  for (let round = 1; round <= 2; round++)
    for (const place of there) {
      expect(await askWhere(databases, place)).toEqual(placeOf(place))
      most = Math.max(most, databases.figures().open)
    }
  expect(most).toBe(many.cap)
  await expect.poll(async () => (await house.connectedTo()).length).toBeLessThanOrEqual(many.cap)
  expect(databases.figures().evicted).toBe(2 * there.length - many.cap)
})

test('under a large cap some places are kept free: who comes next waits for nobody’s goodbye', async () => {
  const databases = house.databases(20)
  for (const { tenantId } of there.slice(0, 12))
    for (const role of ['practitioner', 'keeper'] as const)
      await whereAmI(await databases.reading(tenantId, role))
  await expect.poll(() => databases.figures()).toMatchObject({ open: 19, evicted: 5 })
})

test('a burst waits its turn: everybody gets an answer, and never are there more connections than the cap', async () => {
  const databases = house.databases(3)
  let most = 0
  const ask = async (place: TenantPlace) => {
    const db = await databases.reading(place.tenantId, 'practitioner')
    await sql`select pg_sleep(0.002)`.execute(db)
    most = Math.max(most, databases.figures().open)
    return whereAmI(db)
  }
  const asked = Array.from({ length: 60 }, (_, turn) => [camille, hugo, lea][turn % 3]!)
  const answers = Promise.all(asked.map(ask))
  await expect.poll(() => databases.figures().waiting).toBeGreaterThan(10)
  expect(await answers).toEqual(asked.map(placeOf))
  expect(databases.figures()).toMatchObject({ busy: 0, waiting: 0 })
  // What makes room for another keeps its place until it is gone.
  expect(most).toBeLessThanOrEqual(6)
})

test('a tenant has at most two connections a role: a busy practice leaves the others theirs', async () => {
  const databases = house.databases(10)
  const ask = async () =>
    sql`select pg_sleep(0.1)`.execute(await databases.reading(camille.tenantId, 'practitioner'))
  const busy = Promise.all(Array.from({ length: 7 }, ask))
  await expect.poll(() => databases.figures().waiting).toBe(5)
  expect(databases.figures().open).toBe(2)
  expect(await askWhere(databases, hugo)).toEqual(placeOf(hugo))
  await busy
})

test('at the cap, the connection that nobody used for longest makes room, whoever it belongs to', async () => {
  const databases = house.databases(2)
  await askWhere(databases, camille)
  await askWhere(databases, hugo)
  await askWhere(databases, camille)
  await askWhere(databases, lea)
  const left = [camille.databaseName, lea.databaseName].toSorted()
  await expect.poll(async () => (await house.connectedTo()).toSorted()).toEqual(left)
  expect(databases.figures()).toEqual({ open: 2, busy: 0, waiting: 0, tenants: 2, evicted: 1 })
})

test('when everybody is at work, the next one waits until somebody is done', async () => {
  const databases = house.databases(1)
  const first = atWork(databases, camille)
  await first.begun
  const next = askWhere(databases, hugo)
  await expect.poll(() => databases.figures().waiting).toBe(1)
  first.letGo()
  expect(await next).toEqual(placeOf(hugo))
})

test('who waits too long is sent away, and may come again', async () => {
  const databases = house.databases(1, { patience })
  const first = atWork(databases, camille)
  await first.begun
  await expect(askWhere(databases, hugo)).rejects.toEqual(platform('unavailable'))
  first.letGo()
  await first.done
  expect(await askWhere(databases, hugo)).toEqual(placeOf(hugo))
})

test('a cluster that went down refuses its own tenants at once, costs the others nothing, and comes back', async () => {
  const cluster = await house.anotherCluster()
  const there = { clusterId: 'lyon', clusterName: 'lyon', address: cluster.address }
  const manon = await house.open('Cabinet de Manon Faure', there)
  const nils = await house.open('Cabinet de Nils Garnier', there)
  const told: [string, boolean][] = []
  const databases = house.databases(4, {
    patience,
    heard: (id, trouble) => told.push([id, trouble === null]),
  })
  expect(await askWhere(databases, manon)).toEqual(placeOf(manon))
  await cluster.down()
  const unreachable = platform('tenant_unreachable')
  await expect(askWhere(databases, manon)).rejects.toEqual(unreachable)
  for (let turn = 0; turn < 50; turn++) {
    await expect(askWhere(databases, nils)).rejects.toEqual(unreachable)
    expect(await askWhere(databases, camille)).toEqual(placeOf(camille))
  }
  await cluster.up()
  await expect.poll(() => askWhere(databases, nils), { timeout: 10_000 }).toEqual(placeOf(nils))
  expect(await askWhere(databases, manon)).toEqual(placeOf(manon))
  expect(told).toEqual([
    ['lyon', false],
    ['lyon', true],
  ])
})

test('a cluster that is silent takes only few places, and nobody asks it twice', async () => {
  let asked = 0
  const silent = net.createServer((socket) => void (asked++, socket.on('error', () => {})))
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void silent.close())
  const { port } = silent.address() as net.AddressInfo // listening on TCP
  const there = Array.from({ length: 20 }, (): TenantPlace => {
    const place = {
      ...camille,
      tenantId: uuidv7(),
      clusterId: 'brest',
      address: `postgres://127.0.0.1:${port}`,
    }
    house.catalogue.set(place.tenantId, place)
    return place
  })
  const databases = house.databases(8, { patience: { ...patience, turn: 5_000 } })
  const refused = Promise.all(
    there.map((place) => askWhere(databases, place).catch((error: unknown) => error)),
  )
  await expect.poll(() => asked).toBe(2)
  expect(await askWhere(databases, hugo)).toEqual(placeOf(hugo))
  expect(await refused).toEqual(there.map(() => platform('tenant_unreachable')))
  expect(asked).toBe(2)
})

test('a connection that leads to another practice than the catalogue says is refused, whatever is asked', async () => {
  const errors: unknown[] = []
  const log = {
    error: (about: unknown) => void errors.push(about),
    info() {},
    warn() {},
    debug() {},
    fatal() {},
  }
  const databases = house.databases(4, { log })
  const astray: TenantPlace = { ...hugo, tenantId: uuidv7() }
  house.catalogue.set(astray.tenantId, astray)
  await expect(askWhere(databases, astray)).rejects.toThrow('another database than the catalogue says')
  await expect(databases.within(astray.tenantId, 'practitioner', (db) => whereAmI(db))).rejects.toThrow(
    'another database than the catalogue says',
  )
  expect(errors).toEqual([
    expect.objectContaining({
      tenant: astray.tenantId,
      found: expect.objectContaining({ tenant: hugo.tenantId }),
    }),
    expect.anything(),
  ])
  expect(databases.figures()).toMatchObject({ open: 0, busy: 0 })
})

test('a catalogue that answers with another tenant than was asked for finds nobody', async () => {
  const databases = house.databases(4, { locate: () => Promise.resolve(hugo) })
  await expect(askWhere(databases, camille)).rejects.toThrow('another tenant')
  expect(databases.figures().open).toBe(0)
})

test('no tenant, no database', async () => {
  const databases = house.databases(4)
  await expect(databases.reading('', 'practitioner')).rejects.toThrow('no tenant')
  await expect(databases.within('', 'keeper', whereAmI)).rejects.toThrow('no tenant')
  await expect(databases.bare('', 'owner', async () => {})).rejects.toThrow('no tenant')
  // As a bug would have it, and no type can see: a value from outside.
  const missing = undefined as unknown as string
  await expect(databases.reading(missing, 'practitioner')).rejects.toThrow('no tenant')
  await expect(databases.reading(uuidv7(), 'practitioner')).rejects.toThrow(NotFound)
})

test('a handle says whose it is', async () => {
  const databases = house.databases(4)
  expect(tenantOf(await databases.reading(camille.tenantId, 'practitioner'))).toBe(camille.tenantId)
  expect(await databases.within(hugo.tenantId, 'practitioner', (db) => Promise.resolve(tenantOf(db)))).toBe(
    hugo.tenantId,
  )
})

test.each([
  ['suspended', 'practitioner', 'read', 'tenant_suspended'],
  ['suspended', 'keeper', 'write', null],
  ['moving', 'practitioner', 'read', null],
  ['moving', 'practitioner', 'write', 'tenant_read_only'],
  ['moving', 'keeper', 'write', 'tenant_read_only'],
  ['provisioning', 'practitioner', 'read', 'not found'],
  ['provisioning', 'keeper', 'write', null],
  ['purging', 'practitioner', 'read', 'not found'],
  ['purged', 'keeper', 'read', 'not found'],
] as const)('of a tenant that is %s, %s may %s: %s', async (state, role, use, expected) => {
  const databases = house.databases(4)
  const lea2 = { ...lea, state }
  house.catalogue.set(lea.tenantId, lea2)
  onTestFinished(() => void house.catalogue.set(lea.tenantId, lea))
  const asked = databases.within(lea.tenantId, role, whereAmI, { readOnly: use === 'read' })
  if (expected === null) expect(await asked).toEqual(placeOf(lea))
  else if (expected === 'not found') await expect(asked).rejects.toThrow(NotFound)
  else await expect(asked).rejects.toEqual(platform(expected))
})

test('a schema older or newer than this server serves is refused, but to those who look after it', async () => {
  const old = await house.open('Cabinet de Zoé Lambert')
  for (const version of [1, 4]) {
    await house.inside(old, `update schema_migrations set version = ${version}`)
    const databases = house.databases(4)
    await expect(askWhere(databases, old)).rejects.toEqual(platform('tenant_updating'))
    expect(databases.figures().open).toBe(0)
    expect(await databases.within(old.tenantId, 'keeper', whereAmI)).toEqual(placeOf(old))
  }
})

test('a broken connection is replaced, and who held it gets a sentence instead of a bug', async () => {
  const databases = house.databases(4)
  await askWhere(databases, camille)
  await house.cutOff(camille)
  await expect.poll(() => databases.figures().open).toBe(0)
  expect(await askWhere(databases, camille)).toEqual(placeOf(camille))
  const broken = databases.within(camille.tenantId, 'practitioner', async (db) => {
    await house.cutOff(camille)
    await whereAmI(db)
  })
  await expect(broken).rejects.toEqual(platform('tenant_unreachable'))
  expect(databases.figures().busy).toBe(0)
  expect(await askWhere(databases, camille)).toEqual(placeOf(camille))
})

test('whatever goes wrong in it, a work gives its connection back, rolled back', async () => {
  const databases = house.databases(1)
  for (let turn = 0; turn < 5; turn++) {
    const bad = databases.within(camille.tenantId, 'practitioner', async (db) => {
      await sql`insert into notes (author_id) values (1)`.execute(db)
      throw new Error('spilt coffee')
    })
    await expect(bad).rejects.toThrow('spilt coffee')
    const worse = databases.bare(camille.tenantId, 'practitioner', () => Promise.reject(new Error('again')))
    await expect(worse).rejects.toThrow('again')
  }
  expect(databases.figures().busy).toBe(0)
  const { rows } = await house.inside(camille, 'select * from notes')
  expect(rows).toEqual([])
})

test('a transaction somebody left open is nobody else’s: its connection is not lent again', async () => {
  const databases = house.databases(1)
  const db = await databases.reading(camille.tenantId, 'practitioner')
  await sql`begin`.execute(db)
  const { rows } = await sql<{ inside: boolean }>`
    select pg_current_xact_id_if_assigned() is null and now() = statement_timestamp() as inside`.execute(db)
  expect(rows).toEqual([{ inside: true }])
})

test('who only reads cannot write', async () => {
  const databases = house.databases(1)
  const writing = databases.within(
    camille.tenantId,
    'practitioner',
    (db) => sql`insert into notes (author_id) values (1)`.execute(db),
    { readOnly: true },
  )
  await expect(writing).rejects.toEqual(platform('tenant_read_only'))
})

test('who is held to reading cannot write, and never gets the connection of somebody who may', async () => {
  const databases = house.databases(4)
  const writing = sql`insert into notes (author_id) values (1)`
  const held = await databases.reading(camille.tenantId, 'practitioner', { held: true })
  expect(await whereAmI(held)).toEqual(placeOf(camille))
  await expect(writing.execute(held)).rejects.toEqual(platform('tenant_read_only'))
  await expect(held.transaction().execute((db) => writing.execute(db))).rejects.toEqual(
    platform('tenant_read_only'),
  )
  const undone = databases.within(camille.tenantId, 'practitioner', async (db) => {
    await writing.execute(db)
    throw new Error('that much is proved')
  })
  await expect(undone).rejects.toThrow('that much is proved')
  await expect(writing.execute(held)).rejects.toEqual(platform('tenant_read_only'))
  expect(databases.figures().open).toBe(2)
})

test('a forgotten tenant has no connection any more once those at work are back; bare ones stay their users’ own', async () => {
  const databases = house.databases(4)
  await askWhere(databases, camille)
  const work = atWork(databases, hugo)
  await work.begun
  await databases.forget(camille.tenantId)
  await expect.poll(() => house.connectedTo()).toEqual([hugo.databaseName])
  let isForgotten = false
  const forgotten = databases.forget(hugo.tenantId).then(() => (isForgotten = true))
  await databases.bare(hugo.tenantId, 'practitioner', (client) => client.query('select pg_sleep(0.02)'))
  expect(isForgotten).toBe(false)
  work.letGo()
  await forgotten
  await work.done
  // PostgreSQL itself may take a moment longer to see somebody out.
  await expect.poll(() => house.connectedTo()).toEqual([])
})

test('a tenant forgotten the hard way is out at once, its work undone', async () => {
  const databases = house.databases(4)
  const work = atWork(databases, hugo)
  await work.begun
  await Promise.all([
    databases.forget(hugo.tenantId, { hard: true }),
    expect(work.done).rejects.toBeInstanceOf(Platform),
    sleep(20).then(work.letGo),
  ])
  await expect.poll(() => house.connectedTo()).toEqual([])
  expect(await askWhere(databases, hugo)).toEqual(placeOf(hugo))
})

test('whose tenant moves while they wait arrives where it is now', async () => {
  const databases = house.databases(1)
  const first = atWork(databases, camille)
  await first.begun
  const moved = await house.open('Cabinet de Ada Simon')
  const next = askWhere(databases, moved)
  await expect.poll(() => databases.figures().waiting).toBe(1)
  // Its database is brought elsewhere under another name.
  const elsewhere = await house.open('Cabinet de Ada Simon, ailleurs')
  await house.inside(elsewhere, `update practice set tenant_id = '${moved.tenantId}'`)
  const place = { ...elsewhere, tenantId: moved.tenantId }
  house.catalogue.set(moved.tenantId, place)
  await databases.forget(moved.tenantId)
  first.letGo()
  expect(await next).toEqual(placeOf(place))
})

test('where nobody told of a move, an idle connection to the old place is not used any more', async () => {
  const databases = house.databases(4)
  const moved = await house.open('Cabinet de Paul Henry')
  expect(await askWhere(databases, moved)).toEqual(placeOf(moved))
  const elsewhere = await house.open('Cabinet de Paul Henry, ailleurs')
  await house.inside(elsewhere, `update practice set tenant_id = '${moved.tenantId}'`)
  const place = { ...elsewhere, tenantId: moved.tenantId }
  house.catalogue.set(moved.tenantId, place)
  expect(await askWhere(databases, moved)).toEqual(placeOf(place))
})

test('the search path is pinned, and no question runs for ever', async () => {
  const databases = house.databases(1)
  const { rows } = await sql<Record<string, string>>`select current_setting('search_path') as path,
    current_setting('statement_timeout') as statement, current_setting('application_name') as name`.execute(
    await databases.reading(camille.tenantId, 'practitioner'),
  )
  expect(rows).toEqual([{ path: 'public,pg_temp', statement: '15s', name: 'magestionpsy tenant' }])
})

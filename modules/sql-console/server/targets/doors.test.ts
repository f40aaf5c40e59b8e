import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { openLog } from '#platform/server/log.ts'
import { testDatabase } from '../../../../tests/harness/database.ts'
import { tenancyServer, type TestPractice } from '../../../../tests/harness/tenants.ts'
import { usual } from '../simulating/bounds.ts'
import { simulate } from '../simulating/simulating.ts'
import { read } from '../statements/reading.ts'
import { openDoors, type OpeningDoors } from './doors.ts'

const server = await tenancyServer()
const { db, database, tenants } = server
const elsewhere = await testDatabase()
let camille: TestPractice
let elodie: TestPractice
beforeAll(async () => {
  camille = await server.openPractice('Camille Girard')
  elodie = await server.openPractice('Élodie Petit')
})

const opened = (over: Partial<OpeningDoors> = {}) =>
  openDoors({
    db,
    locate: (tenantId) => tenants.catalogue.locate(tenantId),
    newest: tenants.schema.current,
    log: openLog('silent'),
    consoleUrl: database.consoleUrl,
    consoleOwnerUrl: database.consoleOwnerUrl,
    ...over,
  })
const doorsOf = opened()

async function simulated(target: string, as: 'console' | 'owner', text: string) {
  const found = read(text)
  if ('unreadable' in found) throw new Error(found.unreadable.reason)
  return simulate(await doorsOf(target, as), { statements: found.statements, parameters: [] })
}

async function inside(practice: TestPractice, statement: string) {
  const url = new URL(database.adminUrl)
  url.pathname = `/${practice.databaseName}`
  const client = new pg.Client(url.href)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end()
  }
}

/** Those that are kept for a moment are of this login, too. */
const nobodyOf = (login: string) =>
  inside(camille, `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = '${login}'`)

describe('a simulation runs for real, and is undone', () => {
  test('on the central database', async () => {
    const report = await simulated('central', 'console', "UPDATE clients SET city = 'Metz' RETURNING city")
    expect(report).toMatchObject({
      status: 'simulated',
      statements: [{ effects: { clients: { updated: 2, exact: true } } }],
      proof: { status: 'aborted', unchanged: true },
    })
  })

  test('on a practice’s, as a login that repairs rows, and as the owner where the schema changes', async () => {
    const insert = "INSERT INTO origins (name) VALUES ('Bouche à oreille')"
    expect(await simulated(camille.tenantId, 'console', insert)).toMatchObject({
      status: 'simulated',
      statements: [{ effects: { origins: { inserted: 1 } } }],
      proof: { status: 'aborted' },
    })
    expect(await simulated(camille.tenantId, 'owner', 'DROP TABLE tasks')).toMatchObject({
      status: 'simulated',
      statements: [{ effects: { tasks: { dropped: true } } }],
      proof: { status: 'aborted' },
    })
    expect(await inside(camille, "SELECT FROM origins WHERE name LIKE 'Bouche%'")).toEqual([])
  })

  test('on the central schema, as one who owns it and has no other power', async () => {
    expect(await simulated('central', 'owner', 'DROP TABLE macro_uses')).toMatchObject({
      status: 'simulated',
      statements: [{ effects: { macro_uses: { dropped: true } } }],
      proof: { status: 'aborted' },
    })
  })

  test('what the login may not is said by the database', async () => {
    const refused = [
      ['central', 'SELECT password_hash FROM staff_members'],
      ['central', 'UPDATE payments SET reference = reference'],
      [camille.tenantId, 'SELECT body_sealed FROM notes'],
      [camille.tenantId, 'UPDATE fee_notes SET cancelled_reason = cancelled_reason'],
      [camille.tenantId, 'DELETE FROM payments'],
    ] as const
    for (const [target, text] of refused)
      expect(await simulated(target, 'console', text)).toMatchObject({
        status: 'failed',
        failure: { code: '42501' },
        proof: { status: 'aborted' },
      })
  })
})

describe('where a connection leads is asked of it', () => {
  test('each has the version, and is the login’s own', async () => {
    const ways = await doorsOf(camille.tenantId, 'console')
    expect(ways.schemaVersion).toBe(tenants.schema.current)
    const client = await ways.beside()
    const { rows } = await client.query('SELECT session_user AS login, current_database() AS database')
    expect(rows).toEqual([{ login: `${camille.loginRole}_console`, database: camille.databaseName }])
    await expect(client.query('INSERT INTO origins (name) VALUES ($1)', ['x'])).rejects.toMatchObject({
      code: '25006',
    })
    await client.end()
  })

  test('a catalogue that lies is found out, before anything is said', async () => {
    const lying = opened({
      locate: async (tenantId) => {
        const place = await tenants.catalogue.locate(elodie.tenantId)
        return place && { ...place, tenantId }
      },
    })
    await expect(lying(camille.tenantId, 'console')).rejects.toThrow('led to another database')
    await expect(lying(camille.tenantId, 'owner')).rejects.toThrow('led to another database')
  })

  test('one that names another’s database is not let in', async () => {
    const lying = opened({
      locate: async (tenantId) => {
        const place = await tenants.catalogue.locate(tenantId)
        return place && { ...place, databaseName: elodie.databaseName }
      },
    })
    await expect(lying(camille.tenantId, 'console')).rejects.toMatchObject({ code: 'tenant_unreachable' })
  })

  test('an address of another central database is found out too', async () => {
    await expect(opened({ consoleUrl: elsewhere.consoleUrl })('central', 'console')).rejects.toThrow(
      'led to another database',
    )
  })
})

describe('a connection that looked on', () => {
  const pidOf = async (client: pg.Client) =>
    (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid

  test('is there for the next run, and the one that runs is always a new one', async () => {
    const doors = opened()
    const first = await doors(camille.tenantId, 'console')
    const [inside, beside] = [await first.inside(usual), await first.beside()]
    const pids = [await pidOf(inside), await pidOf(beside)]
    await inside.end()
    first.back?.(beside)
    const second = await doors(camille.tenantId, 'console')
    const [newInside, sameBeside] = [await second.inside(usual), await second.beside()]
    expect(pids).not.toContain(await pidOf(newInside))
    expect(await pidOf(sameBeside)).toBe(pids[1])
    // Of one there is one: whoever comes meanwhile opens another.
    const third = await second.beside()
    expect(await pidOf(third)).not.toBe(pids[1])
    await Promise.all([newInside, sameBeside, third].map((client) => client.end()))
  })

  test('is not there for another practice, nor for another login', async () => {
    const doors = opened()
    const way = await doors(camille.tenantId, 'console')
    const beside = await way.beside()
    const pid = await pidOf(beside)
    way.back?.(beside)
    for (const [target, as] of [
      [elodie.tenantId, 'console'],
      [camille.tenantId, 'owner'],
      ['central', 'console'],
    ] as const) {
      const other = await (await doors(target, as)).beside()
      expect(await pidOf(other)).not.toBe(pid)
      await other.end()
    }
  })

  test('that was ended meanwhile is missed by nobody', async () => {
    const doors = opened()
    const way = await doors(camille.tenantId, 'console')
    const beside = await way.beside()
    const pid = await pidOf(beside)
    way.back?.(beside)
    await inside(camille, `SELECT pg_terminate_backend(${pid}, 5000)`)
    const other = await (await doors(camille.tenantId, 'console')).beside()
    expect(await pidOf(other)).not.toBe(pid)
    await other.end()
  })

  test('says again where it leads: a practice that was updated meanwhile is told as updated', async () => {
    const doors = opened()
    const way = await doors(camille.tenantId, 'console')
    way.back?.(await way.beside())
    const next = await doors(camille.tenantId, 'console')
    await inside(
      camille,
      "INSERT INTO schema_migrations (version, name, checksum) SELECT 9000, 'later', checksum FROM schema_migrations LIMIT 1",
    )
    try {
      await expect(next.beside()).rejects.toMatchObject({ details: { state: 'updating', version: 9000 } })
    } finally {
      await inside(camille, 'DELETE FROM schema_migrations WHERE version = 9000')
    }
  })

  test('makes room where the login has no more connections', async () => {
    const login = `${camille.loginRole}_console`
    const doors = opened()
    const way = await doors(camille.tenantId, 'console')
    await nobodyOf(login)
    way.back?.(await way.beside())
    await inside(camille, `ALTER ROLE ${login} CONNECTION LIMIT 1`)
    try {
      const only = await (await doors(camille.tenantId, 'console')).inside(usual)
      await only.end()
    } finally {
      await inside(camille, `ALTER ROLE ${login} CONNECTION LIMIT 20`)
    }
  })

  test('holds no place while nobody has it', async () => {
    const doors = opened()
    for (let turn = 0; turn < 20; turn++) {
      const way = await doors(camille.tenantId, 'console')
      way.back?.(await way.beside())
    }
  })
})

describe('there is no way in', () => {
  test('to nobody’s practice, nor to one that is not open', async () => {
    await expect(doorsOf('0199a000-0000-7000-8000-000000000000', 'console')).rejects.toThrow()
    for (const state of ['provisioning', 'moving', 'purging'] as const) {
      const other = opened({
        locate: async (tenantId) => {
          const place = await tenants.catalogue.locate(tenantId)
          return place && { ...place, state }
        },
      })
      await expect(other(camille.tenantId, 'console')).rejects.toMatchObject({
        refusal: { code: 'sql_target_not_ready' },
        details: { state },
      })
    }
  })

  test('to what does not answer', async () => {
    const away = opened({
      locate: async (tenantId) => {
        const place = await tenants.catalogue.locate(tenantId)
        return place && { ...place, address: 'postgres://127.0.0.1:1' }
      },
    })
    await expect(away(camille.tenantId, 'console')).rejects.toMatchObject({ code: 'tenant_unreachable' })
  })

  test('to the central database where no login was set up for it, nor to its schema where nobody knows the administrator', async () => {
    const bare = opened({ consoleUrl: undefined, consoleOwnerUrl: undefined })
    await expect(bare('central', 'console')).rejects.toMatchObject({
      refusal: { code: 'sql_target_not_ready' },
      details: { state: 'not_set_up' },
    })
    await expect(bare('central', 'owner')).rejects.toMatchObject({ refusal: { code: 'sql_schema_not_here' } })
  })

  test('to a practice that is not migrated yet, even where it was a moment ago', async () => {
    const before = opened()
    await (await (await before(elodie.tenantId, 'console')).beside()).end()
    await inside(elodie, 'UPDATE schema_migrations SET version = 3000 WHERE version = 4')
    await inside(elodie, 'DELETE FROM schema_migrations WHERE version = 3000')
    const outdated = { refusal: { code: 'sql_target_not_ready' }, details: { state: 'updating', version: 3 } }
    await expect(opened()(elodie.tenantId, 'console')).rejects.toMatchObject(outdated)
    const known = await before(elodie.tenantId, 'console')
    await expect(known.inside(usual)).rejects.toMatchObject(outdated)
    await expect(before(elodie.tenantId, 'console')).rejects.toMatchObject(outdated)
  })
})

test('so many runs at once and no more: the next one waits until one is over', async () => {
  const ways = await Promise.all(Array.from({ length: 6 }, () => doorsOf(camille.tenantId, 'console')))
  const clients = await Promise.all(ways.map((way) => way.inside(usual)))
  // More connections of the same run wait for nobody.
  const third = await ways[0]!.beside()
  let isIn = false
  const waiting = (async () => {
    const client = await (await doorsOf(camille.tenantId, 'console')).inside(usual)
    isIn = true
    return client
  })()
  await ways[1]!.beside().then((client) => client.end())
  expect(isIn).toBe(false)
  await clients[2]!.end()
  const client = await waiting
  await Promise.all([...clients, third, client].map((one) => one.end()))
})

test('where a login has no more connections, one waits for room and no other way', async () => {
  const login = `${camille.loginRole}_console`
  await nobodyOf(login)
  await inside(camille, `ALTER ROLE ${login} CONNECTION LIMIT 1`)
  const only = await (await opened()(camille.tenantId, 'console')).beside()
  const waiting = opened()(camille.tenantId, 'console').then((ways) => ways.beside())
  await only.end()
  await (await waiting).end()
  await inside(camille, `ALTER ROLE ${login} CONNECTION LIMIT 0`)
  await expect(opened()(camille.tenantId, 'console')).rejects.toMatchObject({ code: 'unavailable' })
  await inside(camille, `ALTER ROLE ${login} CONNECTION LIMIT 20`)
})

/** The ways into a database for one run: each connection a fresh one, greeted before anything is said on it. */
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { sql } from 'kysely'
import { schemaNotHere, targetNotReady, type TargetId } from '#contract/sql-console'
import { isOutage, pgCode, type CentralDb } from '#platform/server/db.ts'
import { Platform } from '#platform/server/errors.ts'
import type { Logger } from '#platform/server/log.ts'
import { NotFound, refuse } from '#platform/server/requests.ts'
import type { TenantPlace } from '#platform/server/tenant-db.ts'
import type { DoorsOf, Ways } from '../parts.ts'
import { startingWith } from '../simulating/bounds.ts'
import { idleClients } from './idle.ts'
import { placesFor, type Places } from './places.ts'
import {
  Misled,
  wayToCentral,
  wayToTenant,
  whichCluster,
  type Central,
  type Greeting,
  type WayIn,
} from './ways-in.ts'

/** The first tenant schema with the pill, and the rights to repair: before it a practice has to be updated. */
export const oldestWithConsole = 4

/** A run has three connections at most: that which runs, one beside it, and who watches. A login may have 20 at least. */
const runsALogin = 6
const runsInAll = 16
/** Until it is open and has said where it leads. */
const patienceMs = 3_000
/** One that was kept answers at once, or is not waited for. */
const againMs = 500
/** What nobody fetched by then is closed. */
const fetchedMs = 10_000

/** Of a connection that was asked something with its first question; one that leads to the central database is not. */
export const answeredAlong = new WeakMap<pg.Client, unknown[]>()

export type OpeningDoors = {
  db: CentralDb
  locate: (tenantId: string) => Promise<TenantPlace | undefined>
  /** Of tenants' schema, the newest that this release knows. */
  newest: number
  log: Logger
  consoleUrl: string | undefined
  /** Of who owns the central tables: known to the command line alone. */
  consoleOwnerUrl?: string | undefined
}

export function openDoors(on: OpeningDoors): DoorsOf {
  const inAll = placesFor(runsInAll)
  const groups = new Map<string, Places>()
  const versions = new Map<string, Greeting>()
  const idle = idleClients()
  let asked: Promise<Central> | undefined
  const central = () => (asked ??= whoseCentral(on.db).catch(forgetting))
  function forgetting(error: unknown): never {
    asked = undefined
    throw error
  }

  async function wayTo(target: TargetId, as: 'console' | 'owner'): Promise<WayIn> {
    if (target === 'central') {
      const url = as === 'console' ? on.consoleUrl : on.consoleOwnerUrl
      if (url === undefined) throw as === 'console' ? notReady('not_set_up') : refuse(schemaNotHere)
      return wayToCentral(url, central)
    }
    const place = await on.locate(target)
    if (!place || place.state === 'purged') throw new NotFound()
    // A simulation begins by writing what dooms it, and where a practice moves away from nothing is written any more.
    if (place.state !== 'active' && place.state !== 'suspended') throw notReady(place.state)
    return wayToTenant(place, as)
  }

  function placesOf({ group }: WayIn): Places {
    const known = groups.get(group) ?? placesFor(runsALogin)
    groups.set(group, known)
    return known
  }

  return async (target, as, how) => {
    const way = await wayTo(target, as)
    const places = placesOf(way)
    let held: Promise<() => void> | undefined
    let open = 0
    /** Of each client of this run: what tells that it is gone from here. */
    const leaving = new WeakMap<pg.Client, () => void>()

    /** All connections of a run stand on one place, which is free when the last of them is gone. */
    async function connected(arriving: () => Promise<pg.Client>): Promise<pg.Client> {
      open++
      held ??= both(inAll, places)
      const mine = held
      let isGone = false
      const gone = () => {
        if (isGone) return
        isGone = true
        if (--open > 0) return
        held = undefined
        void mine.then((giveBack) => giveBack()).catch(() => {})
      }
      try {
        await mine
        const client = await withRoom(arriving, () => idle.makeRoom(way.group))
        client.once('end', gone)
        leaving.set(client, gone)
        if (client.connection.stream.destroyed) gone()
        return client
      } catch (error) {
        gone()
        throw inWords(error, target, on.log)
      }
    }

    async function arrived(config: pg.ClientConfig, along?: string): Promise<pg.Client> {
      const client = new pg.Client({
        ...config,
        application_name: 'magestionpsy console',
        connectionTimeoutMillis: patienceMs,
        keepAlive: true,
      })
      client.on('error', () => {})
      const late = setTimeout(
        () => client.connection.stream.destroy(new Error('timeout expired')),
        patienceMs,
      )
      try {
        await client.connect()
        return await greeted(client, along)
      } catch (error) {
        client.connection.stream.destroy()
        throw error
      } finally {
        clearTimeout(late)
      }
    }

    async function greeted(client: pg.Client, along?: string): Promise<pg.Client> {
      const { along: answers, version, oid } = await way.greet(client, along)
      if (along !== undefined && answers) answeredAlong.set(client, answers)
      const promised = versions.get(way.key)
      const isServed = target === 'central' || (version >= oldestWithConsole && version <= on.newest)
      // Whoever was told another one a moment ago begins anew.
      const isOther = promised !== undefined && (promised.version !== version || promised.oid !== oid)
      if (!isServed || isOther) {
        versions.delete(way.key)
        throw notReady('updating', { version })
      }
      versions.set(way.key, { version, oid })
      return client
    }

    /** One that was kept, where it still answers and leads where it should. */
    async function again(): Promise<pg.Client | undefined> {
      const client = idle.take(way.key)
      if (!client) return undefined
      const late = setTimeout(() => client.connection.stream.destroy(), againMs)
      try {
        return await greeted(client)
      } catch {
        // Somebody new says why.
        client.connection.stream.destroy()
        return undefined
      } finally {
        clearTimeout(late)
      }
    }

    const beside = () =>
      connected(
        async () => (await again()) ?? arrived({ ...way.config(), query_timeout: 30_000, options: besides }),
      )
    // Who knows the version already opens nothing before it is needed: each connection says it again.
    const first = how?.later || versions.has(way.key) ? undefined : await kept(beside)
    return {
      get schemaVersion() {
        return versions.get(way.key)?.version ?? null
      },
      get database() {
        return `${way.key} ${versions.get(way.key)?.oid}`
      },
      inside: (bounds, along) =>
        connected(() => arrived({ ...way.config(), options: startingWith(bounds) }, along)),
      beside: async () => first?.() ?? beside(),
      back(client) {
        const gone = leaving.get(client)
        // Of another run, or lost already.
        if (!gone || client.connection.stream.destroyed) return void client.end().catch(() => {})
        leaving.delete(client)
        client.removeListener('end', gone)
        idle.keep(way.key, way.group, client)
        gone()
      },
    } satisfies Ways
  }
}

/** For what looks on: it reads, and writes nothing. */
const besides = Object.entries({
  search_path: 'public,pg_temp',
  default_transaction_read_only: 'on',
  statement_timeout: '20s',
  timezone: 'UTC',
  datestyle: 'ISO',
  standard_conforming_strings: 'on',
})
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(' ')

/** An open connection for whoever asks first; let go of when nobody does. */
async function kept(open: () => Promise<pg.Client>): Promise<() => pg.Client | undefined> {
  let client: pg.Client | undefined = await open()
  const letGo = setTimeout(() => {
    void client?.end().catch(() => {})
    client = undefined
  }, fetchedMs).unref()
  return () => {
    clearTimeout(letGo)
    const mine = client
    client = undefined
    return mine
  }
}

async function both(first: Places, second: Places): Promise<() => void> {
  const one = await second.take()
  try {
    const other = await first.take()
    return () => {
      one()
      other()
    }
  } catch (error) {
    one()
    throw error
  }
}

/** Other processes run something too, and all of them together may fill what a login has: room comes in a moment. */
async function withRoom(open: () => Promise<pg.Client>, makeRoom: () => void): Promise<pg.Client> {
  for (let turn = 1; ; turn++) {
    try {
      return await open()
    } catch (error) {
      if (pgCode(error) !== '53300' || turn === 10) throw error
      makeRoom()
    }
    await pause(50 * turn)
  }
}

async function whoseCentral(db: CentralDb): Promise<Central> {
  const { rows } = await sql<Central>`
    select ${sql.raw(whichCluster)} as cluster, current_database() as database`.execute(db)
  return rows[0]! // there is always one
}

const notReady = (state: string, more: Record<string, unknown> = {}) =>
  refuse(targetNotReady, { details: { state, ...more } })

function inWords(error: unknown, target: TargetId, log: Logger): unknown {
  if (error instanceof Misled) log.error(error.found, error.message)
  // No room (53300), no such database or login any more (3D000, 28P01, 28000), or shut (55000, 42501): asked again in a moment, the
  // catalogue knows better.
  const code = pgCode(error) ?? ''
  if (code === '53300') return new Platform('unavailable', { cause: error })
  if (['3D000', '28P01', '28000', '55000', '42501'].includes(code) || isOutage(error) || isLate(error))
    return new Platform(target === 'central' ? 'unavailable' : 'tenant_unreachable', { cause: error })
  return error
}

const isLate = (error: unknown) =>
  error instanceof Error && /timeout expired|read timeout/i.test(error.message)

/** What holds of a window: one person, one session, one database, its minutes, and the right to it, asked again each time. */
import { timingSafeEqual } from 'node:crypto'
import type { TargetId, Unmasked } from '#contract/sql-console'
import { rightsOf } from '#server/access'
import type { CentralDb } from '#platform/server/db.ts'
import type { Actor } from '#platform/server/requests.ts'
import type { Vault } from '#platform/server/vault.ts'
import type { Parts } from '../parts.ts'
import { clocksApartMs, countUse, windowOfSession, type NewWindow, type WindowRow } from './queries.ts'

const right = 'sql.unmask'

export type Window = { id: string; classes: ReadonlySet<Unmasked> }

/** Of all that decides who sees what and until when. */
export function macOf(vault: Pick<Vault, 'mac'>, window: Omit<NewWindow, 'mac' | 'reasonSealed'>): Buffer {
  const { id, staffId, staffSessionId, tenantId, classes, ticketId, minutes, openedAt, endsAt } = window
  const said = [id, staffId, staffSessionId, tenantId, classes, ticketId, minutes, openedAt, endsAt]
  return vault.mac(Buffer.from(JSON.stringify(said)), 'sql_unmaskings.mac')
}

/** As the server itself wrote it. */
export function isGenuine({ vault, log }: Pick<Parts, 'vault' | 'log'>, row: WindowRow): boolean {
  const mac = macOf(vault, row)
  if (row.mac.length === mac.length && timingSafeEqual(row.mac, mac)) return true
  log.error({ unmasking: row.id }, 'somebody wrote an unmasking into the database: it opens nothing')
  return false
}

export const isWithin = ({ openedAt, endsAt, endedAt, sessionLives }: WindowRow, now: Date): boolean =>
  endedAt === null &&
  sessionLives &&
  endsAt > now &&
  // A clock that was turned back lengthens nothing.
  openedAt.getTime() <= now.getTime() + clocksApartMs

/** The one this person has open in this session, if it stands. */
export async function standingWindow(
  parts: Pick<Parts, 'vault' | 'log' | 'clock'>,
  db: CentralDb,
  actor: Pick<Actor, 'staffId' | 'sessionId' | 'permissions'>,
): Promise<WindowRow | undefined> {
  if (!actor.permissions.has(right)) return undefined
  const now = parts.clock.now()
  const row = await windowOfSession(db, actor, now)
  return row && isWithin(row, now) && isGenuine(parts, row) ? row : undefined
}

/** What of this database may be shown to who asks. */
export async function windowOn(
  parts: Pick<Parts, 'vault' | 'log' | 'clock'>,
  db: CentralDb,
  actor: Pick<Actor, 'staffId' | 'sessionId' | 'permissions'>,
  target: TargetId,
): Promise<Window | undefined> {
  const row = await standingWindow(parts, db, actor)
  return row && (row.tenantId ?? 'central') === target
    ? { id: row.id, classes: new Set(row.classes) }
    : undefined
}

/** Whether it stands still, now that the answer goes out: a right may have gone while something ran. */
export async function mayStillSee(
  db: CentralDb,
  window: Window,
  { staffId, runId, now }: { staffId: string; runId: string; now: Date },
): Promise<boolean> {
  return (await hasRight(db, staffId)) && countUse(db, window.id, runId, now)
}

export const hasRight = async (db: CentralDb, staffId: string): Promise<boolean> =>
  (await rightsOf(db, staffId)).permissions.has(right)

/** One entry against itself: its text, the columns made of it, its time, its payload. */
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { Vault } from '#platform/server/vault.ts'
import { readLeaf, type Leaf } from '../leaf.ts'
import { commitmentOf, ipIndexOf, openPayload, type Payload } from '../payloads.ts'
import type { Erasures } from './erasures.ts'
import type { Findings } from './findings.ts'
import { between, generatedColumns, nothing, type EntryRow, type LeafRow } from './queries.ts'

/** How far an entry's time may be from the database's clock, and behind the entries before it. */
const toleratedMicros = 5 * 60 * 1_000_000

export type EntryChecks = {
  check(row: LeafRow): void
  readonly payloadsOpened: number
  readonly payloadsErased: number
}

export function openEntryChecks(on: {
  vault: Vault
  erasures: Erasures
  found: Findings
  /** By the database's clock. */
  takenAt: Date
}): EntryChecks {
  const { found, erasures } = on
  const newest = on.takenAt.getTime() * 1000 + toleratedMicros
  const ipIndex = openIpIndex(on.vault)
  let latest = -Infinity
  let hasSealed = false
  let payloadsOpened = 0
  let payloadsErased = 0

  function checkTime({ index, entryId }: LeafRow, { at, writtenAt }: EntryRow): void {
    const against =
      Math.abs(at - writtenAt) > toleratedMicros
        ? writtenAt
        : at > newest
          ? newest - toleratedMicros
          : at < latest - toleratedMicros
            ? latest
            : undefined
    if (against === undefined) latest = Math.max(latest, at)
    // What claims a time that is not its own says nothing about those after it.
    else found.add('clock_turned_back', { index, entryId, values: { time: iso(at), against: iso(against) } })
  }

  function checkPayload({ index, entryId }: LeafRow, entry: EntryRow, leaf: Leaf): void {
    const erased = { index, leaf, objectIds: entry.objectIds }
    if (entry.sealed === null) {
      if (leaf.commitment !== undefined && erasures.miss(erased)) payloadsErased++
      else if (leaf.commitment !== undefined) found.add('payload_missing', { index, entryId })
      // Without the payload only their number is known.
      const count = leaf.commitment === undefined ? undefined : leaf.object.count
      if (entry.objectIds !== null && entry.objectIds.length !== count)
        found.add('object_ids_edited', { index, entryId })
      return
    }
    if (leaf.commitment === undefined) return found.add('payload_unasked', { index, entryId })
    const opened = open(on.vault, entryId, entry.sealed)
    if (!opened || commitmentOf(opened.salted) !== leaf.commitment)
      return found.add('payload_edited', { index, entryId })
    payloadsOpened++
    if (erasures.cover(erased)) found.add('payload_came_back', { index, entryId })
    if (entry.payloadAt !== entry.at) found.add('payload_at_edited', { index, entryId })
    // Entries from before the tree stand first in it; from the first sealed one on all are.
    if (entry.sealed[0] !== 0) hasSealed = true
    else if (hasSealed) found.add('payload_unsealed', { index, entryId })
    const { payload } = opened
    const ids = idsOf(payload)
    if (!isDeepStrictEqual(entry.objectIds, ids)) found.add('object_ids_edited', { index, entryId })
    // Entries from before the tree were not filed under addresses.
    if (entry.sealed[0] === 0 && !hasSealed && entry.ipIndex === null) return
    const filed = payload.ip === undefined ? null : ipIndex(payload.ip)
    if (filed === null ? entry.ipIndex !== null : entry.ipIndex?.equals(filed) !== true)
      found.add('ip_index_edited', { index, entryId })
  }

  return {
    check(row) {
      const { index, entryId, entry } = row
      if (!entry) return
      let leaf: Leaf
      const text = entry.leaf.toString()
      try {
        leaf = readLeaf(text)
      } catch (error) {
        found.add('not_a_leaf', { index, entryId, values: { why: whyNot(error) } })
        return
      }
      erasures.see(index, leaf)
      const columns = columnsOf(leaf)
      if (columns !== entry.columns) {
        const shown = entry.columns.split(between)
        const at = columns.split(between).findIndex((value, column) => value !== shown[column])
        found.add('column_edited', { index, entryId, values: { column: generatedColumns[at] ?? '' } })
      }
      if (Date.parse(leaf.time) * 1000 !== entry.at)
        found.add('column_edited', { index, entryId, values: { column: 'at' } })
      checkTime(row, entry)
      checkPayload(row, entry, leaf)
    },
    get payloadsOpened() {
      return payloadsOpened
    },
    get payloadsErased() {
      return payloadsErased
    },
  }
}

/** As PostgreSQL computes the columns, in the order of `generatedColumns`. */
function columnsOf({ id, actor, onBehalfOf, object, ...leaf }: Leaf): string {
  const columns = [
    id,
    actor.type,
    actor.id,
    onBehalfOf?.id,
    leaf.session,
    leaf.impersonation,
    leaf.tenant,
    leaf.operation,
    leaf.verb,
    object.type,
    object.id,
    object.count,
    leaf.reason,
    leaf.ticket,
    leaf.result,
    leaf.commitment,
  ]
  let text = ''
  for (const [at, column] of columns.entries()) text += (at === 0 ? '' : between) + (column ?? nothing)
  return text
}

function open(vault: Vault, entryId: string, sealed: Buffer): ReturnType<typeof openPayload> | undefined {
  try {
    return openPayload(vault, entryId, sealed)
  } catch {
    // Not what was sealed, not for this entry, or not under this key.
    return undefined
  }
}

function idsOf({ after }: Payload): string[] | null {
  if (typeof after !== 'object' || after === null || !('ids' in after) || !Array.isArray(after.ids))
    return null
  return after.ids.map(String)
}

/** The few addresses that most entries come from are computed once. */
function openIpIndex(vault: Vault): (ip: string) => Buffer {
  const known = new Map<string, Buffer>()
  return (ip) => {
    const filed = known.get(ip) ?? ipIndexOf(vault, ip)
    if (known.size < 10_000) known.set(ip, filed)
    return filed
  }
}

const iso = (micros: number) => new Date(micros / 1000).toISOString()

function whyNot(error: unknown): string {
  if (error instanceof z.ZodError)
    return error.issues.map(({ path, message }) => `${path.join('.') || 'entry'}: ${message}`).join('; ')
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
}

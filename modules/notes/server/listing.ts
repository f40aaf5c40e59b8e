import { z } from 'zod'
import { listNotes, searchedTitles } from '#contract/notes'
import { Day, Id } from '#platform/contract/ids.ts'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { handleInTenant } from '#platform/server/requests.ts'
import type { TenantDb } from '#platform/server/tenant-db.ts'
import { readingAs } from './masking.ts'
import type { NotesParts } from './parts.ts'
import { notePage, notesAmong, notesCounted, sealedTitles, type Filters, type Place } from './queries.ts'
import { sealingWith, type Sealing } from './sealing.ts'
import { shownRow } from './showing.ts'

const Cursor = z.object({ heldOn: Day, id: Id })

export const listing = ({ vaultOf }: NotesParts) =>
  handleInTenant(listNotes, async (ctx, { query: { q, after, limit, unsignedDays, ...asked } }) => {
    const { memberId, tenantId } = ctx.member
    const sealing = sealingWith(await vaultOf(tenantId))
    const unsignedSince =
      unsignedDays === undefined ? undefined : { days: unsignedDays, now: ctx.clock.now() }
    const filters = { ...asked, unsignedSince }
    const place = readCursor(Cursor, after)
    const reading = readingAs(ctx.member, sealing)
    // What is masked is not looked through either: that something was found would tell what it says.
    if (q && reading.masked) return { rows: [], total: 0, totalIsExact: true, next: null }
    const { rows, total } = q
      ? await titled(ctx.db, memberId, { ...filters, q, place, limit }, sealing)
      : {
          rows: await notePage(ctx.db, memberId, filters, place, limit + 1),
          total: await notesCounted(ctx.db, memberId, filters),
        }
    const shown = rows.slice(0, limit).map((row) => shownRow(row, reading))
    const last = shown.at(-1)
    const next = rows.length > limit && last ? cursorOf({ heldOn: last.heldOn, id: last.id }) : null
    return { rows: shown, total, totalIsExact: true, next }
  })

type Search = Filters & { q: string; place: Place | undefined; limit: number }

/** The database cannot look into what is sealed: titles are opened here, looked through and forgotten. */
async function titled(
  db: TenantDb,
  authorId: string,
  { q, place, limit, ...filters }: Search,
  sealing: Sealing,
) {
  const words = folded(q).split(/\s+/).filter(Boolean)
  const matching = (await sealedTitles(db, authorId, filters, searchedTitles)).filter(
    ({ id, titleSealed }) => {
      const title = folded(sealing.openTitle(titleSealed, id))
      return words.every((word) => title.includes(word))
    },
  )
  const begun = place ? matching.findIndex((row) => comesAfter(row, place)) : 0
  const ids = begun < 0 ? [] : matching.slice(begun, begun + limit + 1).map(({ id }) => id)
  return { rows: await notesAmong(db, authorId, filters, ids), total: matching.length }
}

const comesAfter = (row: Place, place: Place) =>
  row.heldOn < place.heldOn || (row.heldOn === place.heldOn && row.id < place.id)

/** Without case or accents, in any script. */
const folded = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()

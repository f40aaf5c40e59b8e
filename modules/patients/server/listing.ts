import {
  exportPatients,
  listPatients,
  type PatientFilter,
  type PatientRow,
  type PatientSort,
} from '#contract/patients'
import { phoneDialled, phoneShown } from '#platform/contract/phones.ts'
import { byteOrderMark, csvLine } from '#platform/server/csv.ts'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { handleInTenant, Stream, type TenantContext, type TenantHandler } from '#platform/server/requests.ts'
import type { Language, Sentences } from '#platform/server/sentences.ts'
import { countOf, pageOfPatients, Place, type ListedRow, type Wanted } from './listing-queries.ts'
import { practiceNow } from './practice-day.ts'
import { searchOf } from './searching.ts'

export function listing({ sentences }: { sentences: Sentences }): readonly TenantHandler[] {
  return [
    handleInTenant(listPatients, async (ctx, { query: { sort: wished, after, limit, ...filter } }) => {
      const sort = sortOf(filter, wished)
      const place = readCursor(
        Place.refine((from) => from.sort === sort),
        after,
      )
      const wanted = await wantedNow(ctx, filter)
      const total = await countOf(ctx.db, wanted)
      const rows = await pageOfPatients(ctx.db, wanted, { sort, after: place, limit: limit + 1 })
      const shownRows = rows.slice(0, limit)
      const last = shownRows.at(-1)
      return {
        rows: shownRows.map(shown),
        total,
        totalIsExact: true,
        next: rows.length > limit && last ? cursorOf({ sort, key: last.key, id: last.id }) : null,
      }
    }),

    handleInTenant(exportPatients, async (ctx, { query: { sort, ...filter } }) => {
      const wanted = await wantedNow(ctx, filter)
      const rows = await pageOfPatients(ctx.db, wanted, { sort: sortOf(filter, sort) })
      ctx.record({ object: 'patient', count: rows.length })
      const name = `patients-${wanted.today}.csv`
      return new Stream(Buffer.from(csvOf(rows, wanted.fees, ctx.request.language, sentences)), {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${name}"`,
      })
    }),
  ]
}

const sortOf = ({ q }: PatientFilter, wished: PatientSort | undefined): PatientSort =>
  wished ?? (q ? 'relevance' : 'name')

/** What was typed is forgiven only where nobody has it as it stands: a search that finds is not drowned in likenesses. */
async function wantedNow(ctx: TenantContext, filter: PatientFilter): Promise<Wanted> {
  const wanted = {
    filter,
    search: searchOf(filter.q ?? ''),
    forgiving: false,
    ...(await practiceNow(ctx.db, ctx.clock)),
    fees: ctx.member.permissions.has('fees.read'),
  }
  return wanted.search && (await countOf(ctx.db, wanted)) === 0 ? { ...wanted, forgiving: true } : wanted
}

function shown(row: ListedRow): PatientRow {
  return {
    id: row.id,
    firstName: row.firstName,
    lastName: row.lastName,
    age: row.age,
    authorityMissing: row.authorityMissing,
    monSoutienPsy: row.monSoutienPsy,
    email: row.email,
    phone: phoneShown(row.phone),
    phoneDialled: phoneDialled(row.phone),
    city: row.city,
    origin: row.origin,
    nextAt: row.nextAt?.toISOString() ?? null,
    nextLocal: row.nextLocal,
    lastSeenOn: row.lastSeenOn,
    owedCents: row.owedCents,
    createdAt: row.createdAt.toISOString(),
    archivedAt: row.archivedAt?.toISOString() ?? null,
    trashedAt: row.trashedAt?.toISOString() ?? null,
  }
}

const exported = [
  'last-name',
  'first-name',
  'born-on',
  'phone',
  'email',
  'city',
  'origin',
  'next',
  'last-seen',
] as const

function csvOf(rows: readonly ListedRow[], fees: boolean, language: Language, { say }: Sentences): string {
  const heads = [...exported, ...(fees ? (['owed'] as const) : [])]
  const decimal = language === 'fr' ? ',' : '.'
  const lines = rows.map((row) =>
    csvLine([
      row.lastName,
      row.firstName,
      row.bornOn ?? '',
      row.phone,
      row.email,
      row.city,
      row.origin ?? '',
      row.nextLocal?.replace('T', ' ') ?? '',
      row.lastSeenOn ?? '',
      ...(fees ? [((row.owedCents ?? 0) / 100).toFixed(2).replace('.', decimal)] : []),
    ]),
  )
  return byteOrderMark + csvLine(heads.map((head) => say(language, `patients.${head}`))) + lines.join('')
}

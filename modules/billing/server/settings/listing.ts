import {
  getBillingSettings,
  listBillingApprovals,
  type BillingCompany,
  type SettingVersion,
} from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import { found, handle, type Handler } from '#platform/server/requests.ts'
import { theMainCompany } from './in-force-queries.ts'
import {
  companies,
  lastIssuedOn,
  nextCounts,
  proposals,
  versionsOf,
  type CompanyRow,
  type VersionRow,
} from './queries.ts'

export const listingSettings: readonly Handler[] = [
  handle(getBillingSettings, async ({ db, clock }, { query }) => {
    const today = dayOf(clock.now())
    const all = await companies(db)
    const id = query.company ?? (await theMainCompany(db)).id
    const company = found(all.find((one) => one.id === id))
    return {
      today,
      company: companyShown(company),
      companies: all.map(companyShown),
      versions: shown(await versionsOf(db, id), today),
      lastIssuedOn: await lastIssuedOn(db, id),
      nextCounts: await nextCounts(db, id, Number(today.slice(0, 4))),
    }
  }),

  handle(listBillingApprovals, async ({ db, actor }) => ({
    rows: (await proposals(db)).map((row) => ({
      id: row.id,
      company: row.company,
      inForceFrom: row.inForceFrom,
      proposedBy: who(row.proposedBy, row.proposerName),
      proposedAt: row.proposedAt.toISOString(),
      ibanEnding: endingOf(row.content),
      own: row.proposedBy === actor.staffId,
    })),
  })),
]

export const companyShown = ({ id, key, name, archivedAt }: CompanyRow): BillingCompany => ({
  id,
  key,
  name,
  archived: archivedAt !== null,
})

/** The last four digits of an account, by which people tell it from another. */
export function endingOf(content: unknown): string {
  const iban = (content as { iban?: unknown } | null)?.iban
  return typeof iban === 'string' ? iban.slice(-4) : ''
}

/** @param rows the latest first */
function shown(rows: readonly VersionRow[], today: string): SettingVersion[] {
  const current = new Map<string, string>()
  for (const { kind, id, state, inForceFrom } of rows)
    if (state === 'approved' && inForceFrom <= today && !current.has(kind)) current.set(kind, id)
  return rows.map((row) => {
    const { id, kind, state, inForceFrom, content, reason } = row
    const standing =
      state === 'proposed'
        ? 'waiting'
        : state !== 'approved'
          ? 'dropped'
          : current.get(kind) === id
            ? 'now'
            : inForceFrom > today
              ? 'later'
              : 'former'
    return {
      id,
      inForceFrom,
      state,
      standing,
      proposedBy: who(row.proposedBy, row.proposerName),
      proposedAt: row.proposedAt.toISOString(),
      decidedBy: who(row.decidedBy, row.deciderName),
      decidedAt: row.decidedAt?.toISOString() ?? null,
      reason,
      kind,
      content,
    } as SettingVersion // the columns' CHECKs hold the same words, and only a kind's own schema wrote its content
  })
}

const who = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' })

import { addCompany, mainCompanyStays, updateCompany } from '#contract/billing'
import { uuidv7 } from '#platform/server/ids.ts'
import { found, handle, refuse, type Handler } from '#platform/server/requests.ts'
import { companyShown } from './listing.ts'
import { prefixesFor } from './prefixes.ts'
import { changeCompany, holdCompany, insertCompany, insertVersion } from './queries.ts'

export const ownCompanies: readonly Handler[] = [
  handle(addCompany, async (ctx, { body: { name } }) => {
    const createdAt = ctx.clock.now()
    // Only `main` is ever looked for by its key.
    const row = await insertCompany(ctx.db, { key: uuidv7(createdAt.getTime()), name, createdAt })
    const numbering = await prefixesFor(ctx.db)
    const by = ctx.actor.staffId
    await insertVersion(ctx.db, {
      companyId: row.id,
      kind: 'numbering',
      // Whatever day its first document bears: no two companies number alike.
      inForceFrom: '2000-01-01',
      content: numbering,
      state: 'approved',
      proposedBy: by,
      proposedAt: createdAt,
      decidedBy: by,
      decidedAt: createdAt,
    })
    ctx.record({ object: 'billing_company', id: row.id, after: { name, numbering } })
    return companyShown(row)
  }),

  handle(updateCompany, async (ctx, { params: { id }, body: { name, archived } }) => {
    const before = found(await holdCompany(ctx.db, id))
    if (archived && before.key === 'main') throw refuse(mainCompanyStays)
    const archivedAt = archived ? (before.archivedAt ?? ctx.clock.now()) : null
    const row = await changeCompany(ctx.db, id, { name, archivedAt })
    ctx.record({
      object: 'billing_company',
      id,
      before: { name: before.name, archived: before.archivedAt !== null },
      after: { name, archived },
    })
    return companyShown(row)
  }),
]

import { getAuditEntry } from '#contract/audit'
import { found, handle, type Handler } from '#platform/server/requests.ts'
import type { Vault } from '#platform/server/vault.ts'
import { readLeaf } from './leaf.ts'
import { asFields, asLine, payloadOf } from './searching/line.ts'
import { namedFor } from './searching/names.ts'
import { entryById } from './searching/queries.ts'

/** One entry whole: here, and only here, whatever its payload holds is opened and told. */
export const reading = ({ vault }: { vault: Vault }): Handler =>
  handle(getAuditEntry, async (ctx, { params: { id } }) => {
    const row = found(await entryById(ctx.db, id, namedFor(ctx.actor)))
    const payload = payloadOf(vault, row)
    ctx.record({ object: 'audit_entry', id })
    return {
      ...asLine(row, payload),
      onBehalfOf: readLeaf(row.leaf).onBehalfOf ?? null,
      ip: payload?.ip ?? null,
      userAgent: payload?.userAgent ?? null,
      requestId: payload?.requestId ?? null,
      before: asFields(payload?.before),
      after: asFields(payload?.after),
      erased: row.committed && !payload,
      leaf: row.leaf,
    }
  })

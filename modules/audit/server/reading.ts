import { getAuditEntry } from '#contract/audit'
import { found, handle, type Handler } from '#platform/server/requests.ts'
import type { Vault } from '#platform/server/vault.ts'
import { tryLeaf } from './leaf.ts'
import { tryPayload } from './payloads.ts'
import { asFields, asLine } from './searching/line.ts'
import { namedFor } from './searching/names.ts'
import { entryById } from './searching/queries.ts'

/** One entry whole: here, and only here, whatever its payload holds is opened and told. */
export const reading = ({ vault }: { vault: Vault }): Handler =>
  handle(getAuditEntry, async (ctx, { params: { id } }) => {
    const row = found(await entryById(ctx.db, id, namedFor(ctx.actor)))
    const { payload, damaged } = tryPayload(vault, row)
    ctx.record({ object: 'audit_entry', id })
    return {
      ...asLine(row, payload),
      onBehalfOf: tryLeaf(row.leaf)?.onBehalfOf ?? null,
      ip: payload?.ip ?? null,
      userAgent: payload?.userAgent ?? null,
      requestId: payload?.requestId ?? null,
      before: asFields(payload?.before),
      after: asFields(payload?.after),
      erased: row.commitment !== null && row.sealed === null,
      damaged,
      leaf: row.leaf,
    }
  })

/** How a draft comes to be: by hand, from a quote, by a renewal, or to correct what was issued. */
import {
  invoiceClientExcluded,
  invoiceClientInTrash,
  type DraftFields,
  type TypeCode,
} from '#contract/billing'
import type { CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { refuse } from '#platform/server/requests.ts'
import { insertDraft, insertLines } from './draft-queries.ts'
import { storedFields, storedLines } from './rows.ts'

export type Beginning = {
  clientId: string
  companyId: string
  typeCode: TypeCode
  fields: DraftFields
  originalId?: string | null
  quoteId?: string | null
  subscriptionId?: string | null
  origin: 'hand' | 'renewal' | 'quote' | 'correction' | 'import'
  held?: boolean
  /** Null: the installation itself. */
  byStaffId: string | null
  now: Date
}

/** @returns the draft's id */
export async function beginDraft(db: CentralDb, about: Beginning): Promise<string> {
  const { typeCode, fields, now } = about
  const id = uuidv7(now.getTime())
  await insertDraft(db, {
    ...storedFields(typeCode, fields),
    id,
    clientId: about.clientId,
    companyId: about.companyId,
    kind: typeCode === 381 ? 'credit_note' : 'invoice',
    typeCode,
    originalId: about.originalId ?? null,
    quoteId: about.quoteId ?? null,
    subscriptionId: about.subscriptionId ?? null,
    origin: about.origin,
    held: about.held ?? false,
    createdAt: now,
    createdBy: about.byStaffId,
  })
  await insertLines(db, id, storedLines(typeCode, fields.lines))
  return id
}

/** Nothing new is invoiced to whom we let go; what was invoiced may still be credited. @throws Refused */
export function mayBeInvoiced({ status, trashedAt }: { status: string; trashedAt: Date | null }): void {
  if (trashedAt !== null) throw refuse(invoiceClientInTrash)
  if (status === 'excluded') throw refuse(invoiceClientExcluded)
}

export const noFields: DraftFields = {
  wantedOn: null,
  suppliedOn: null,
  period: null,
  paymentDays: null,
  paymentMeans: null,
  discount: { basisPoints: 0, cents: 0, label: '' },
  orderReference: '',
  note: '',
  lines: [],
}

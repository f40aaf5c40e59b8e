/** A company that may invoice, clients it may invoice, and documents they were sent. */
import {
  createDraft,
  finaliseInvoice,
  saveBillingProfile,
  type DraftFields,
  type DraftLine,
  type Draft,
} from '#contract/billing'
import { seedSettings } from '#server/billing'
import type { CentralDb } from '#platform/server/db.ts'
import type { Browserless } from './browserless.ts'

export const subscriptionLine: DraftLine = {
  description: 'Abonnement à MaGestionPsy',
  quantity: '1',
  unit: 'C62',
  unitPriceCents: 2_417,
  discountBasisPoints: 0,
  discountCents: 0,
  vatCategory: 'S',
  vatBasisPoints: 2_000,
  vatExemption: null,
  period: null,
}

/** Settings in force since 2015, once a database. */
export const openBilling = (db: CentralDb): Promise<string> => seedSettings(db)

let people = 0

/** A professional with all that a lawful invoice says of them. */
export async function billableClient(
  db: CentralDb,
  name = 'Mireille Thouvenin',
  over: { status?: string; siret?: string | null } = {},
): Promise<string> {
  const [firstName = '', ...lastName] = name.split(' ')
  const { id } = await db
    .insertInto('clients')
    .values({
      kind: 'practitioner',
      status: over.status ?? 'active',
      firstName,
      lastName: lastName.join(' '),
      email: `billed-${++people}-${crypto.randomUUID().slice(0, 8)}@example.com`,
      address: '12, rue des Tilleuls',
      postalCode: '54000',
      city: 'Nancy',
      department: '54',
      siret: over.siret === undefined ? '73282932000074' : over.siret,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Whoever is no professional. */
export async function privateClient(db: CentralDb, by: Browserless, name = 'Paul Rousseau'): Promise<string> {
  const id = await billableClient(db, name, { siret: null })
  await by.call(saveBillingProfile, { params: { id }, body: { audience: 'private', revision: 0 } })
  return id
}

export function draftFor(
  by: Browserless,
  clientId: string,
  over: Partial<DraftFields> & { typeCode?: 380 | 386 } = {},
): Promise<Draft> {
  return by.call(createDraft, { body: { clientId, lines: [subscriptionLine], ...over } })
}

/** A draft, finalised: `const { number } = await issuedFor(billing, client)`. */
export async function issuedFor(
  by: Browserless,
  clientId: string,
  over: Partial<DraftFields> & { typeCode?: 380 | 386 } = {},
) {
  const { id, revision } = await draftFor(by, clientId, over)
  return by.call(finaliseInvoice, { params: { id }, body: { revision } })
}

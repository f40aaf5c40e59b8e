/** Who a document is for: what the billing profile says, else the client's own page. */
import type { Audience, Buyer, PaymentMeans, PostalAddress } from '#contract/billing'
import type { Tables } from '#platform/server/db.ts'
import { kept } from '#platform/server/kept-statements.ts'

export type BuyerRow = NonNullable<Awaited<ReturnType<typeof buyerRow>>>

export async function buyerRow(db: Tables<'clients' | 'billingProfiles'>, clientId: string) {
  return kept(
    db
      .selectFrom('clients as c')
      .leftJoin('billingProfiles as p', 'p.clientId', 'c.id')
      .where('c.id', '=', clientId)
      .select([
        'c.id as clientId',
        'c.status',
        'c.trashedAt',
        'c.firstName',
        'c.lastName',
        'c.email as ownEmail',
        'c.address as ownAddress',
        'c.postalCode',
        'c.city',
        'c.siret as ownSiret',
        'p.audience',
        'p.legalName',
        'p.siren',
        'p.siret',
        'p.vatNumber',
        'p.address',
        'p.email',
        'p.electronicAddress',
        'p.paymentDays',
        'p.paymentMeans',
        'p.language',
        'p.revision',
      ]),
  ).executeTakeFirst()
}

/** How they are invoiced, as far as it is their own matter. */
export type Billed = {
  buyer: Buyer
  paymentDays: number | null
  paymentMeans: PaymentMeans | null
  language: 'fr' | 'en'
}

/** Our clients are professionals; who is none has a profile that says so. */
export const usualAudience: Audience = 'business'

export function billedOf(row: BuyerRow): Billed {
  const audience = (row.audience ?? usualAudience) as Audience // the column's CHECK holds the same two
  const siret = row.siret ?? row.ownSiret
  const siren = row.siren ?? siret?.slice(0, 9) ?? null
  // A private person has no address on the network: only a business is looked up in its directory.
  const electronic = row.electronicAddress ?? (audience === 'business' ? siren : null)
  return {
    buyer: {
      clientId: row.clientId,
      audience,
      name: row.legalName || `${row.firstName} ${row.lastName}`.trim(),
      siren: audience === 'business' ? siren : null,
      siret: audience === 'business' ? siret : null,
      vatNumber: row.vatNumber,
      address: (row.address as PostalAddress | null) ?? ownAddress(row), // only the contract's shape is written
      email: row.email ?? row.ownEmail,
      electronicAddress: electronic === null ? null : { scheme: '0225', value: electronic },
    },
    paymentDays: row.paymentDays,
    paymentMeans: row.paymentMeans as PaymentMeans | null, // the column's CHECK holds the same four
    language: row.language === 'en' ? 'en' : 'fr',
  }
}

const ownAddress = ({ ownAddress: lines, postalCode, city }: BuyerRow): PostalAddress => ({
  lines: (lines ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== ''),
  postcode: postalCode ?? '',
  city: city ?? '',
  country: 'FR',
})

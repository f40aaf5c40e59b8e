/** How a client is invoiced, where that differs from their own page. */
import {
  billingProfileChanged,
  getBillingProfile,
  saveBillingProfile,
  type BillingProfile,
} from '#contract/billing'
import { frenchVatHolds, luhnHolds, siretHolds } from '#platform/contract/check-digits.ts'
import { found, handle, refuse, WrongField, type Handler } from '#platform/server/requests.ts'
import { clientSeen } from '../drafts/drafting.ts'
import { billedOf, buyerRow, usualAudience, type BuyerRow } from '../issuing/buyers.ts'
import { within } from '../within.ts'
import { insertProfile, updateProfile } from './profile-queries.ts'

export const profileHandlers: readonly Handler[] = [
  handle(getBillingProfile, async (ctx, { params: { id } }) => {
    found(await clientSeen(ctx.db, id, within(ctx.actor, 'invoices.read')))
    const row = found(await buyerRow(ctx.db, id))
    const { name, siren, address, email, electronicAddress } = billedOf(row).buyer
    return {
      profile: shownProfile(row),
      buyer: { name, siren, address, email, electronicAddress: electronicAddress?.value ?? null },
    }
  }),

  handle(saveBillingProfile, async (ctx, { params: { id }, body: { revision, ...typed } }) => {
    found(await clientSeen(ctx.db, id, within(ctx.actor, 'invoices.read')))
    const profile = checked(typed)
    const before = shownProfile(found(await buyerRow(ctx.db, id)))
    const now = ctx.clock.now()
    const saved =
      revision === 0
        ? await insertProfile(ctx.db, id, profile, now)
        : await updateProfile(ctx.db, id, revision, profile, now)
    if (!saved)
      throw refuse(billingProfileChanged, {
        details: { current: shownProfile(found(await buyerRow(ctx.db, id))) },
      })
    const after = shownProfile(found(await buyerRow(ctx.db, id)))
    ctx.record({ object: 'client', id, before, after })
    return after
  }),
]

function shownProfile(row: BuyerRow): BillingProfile {
  return {
    audience: (row.audience ?? usualAudience) as BillingProfile['audience'], // the columns' CHECKs hold the same words
    legalName: row.legalName ?? '',
    siren: row.siren,
    siret: row.siret,
    vatNumber: row.vatNumber,
    address: row.address as BillingProfile['address'], // only the contract's shape is written
    email: row.email,
    electronicAddress: row.electronicAddress,
    paymentDays: row.paymentDays,
    paymentMeans: row.paymentMeans as BillingProfile['paymentMeans'],
    language: row.language === 'en' ? 'en' : 'fr',
    revision: row.revision ?? 0,
  }
}

export type Profile = Omit<BillingProfile, 'revision'>

const compact = (number: string | null) =>
  number === null ? null : number.replaceAll(/[\s.]/g, '').toUpperCase() || null

/** Numbers with their keys, as people type them. @throws WrongField */
function checked(typed: Profile): Profile {
  const [siren, siret, vatNumber] = [compact(typed.siren), compact(typed.siret), compact(typed.vatNumber)]
  const wrong = (field: string, code: string) => new WrongField('body', field, code)
  if (siren !== null && !(/^\d{9}$/.test(siren) && luhnHolds(siren))) throw wrong('siren', 'siren_wrong')
  if (siret !== null && !siretHolds(siret)) throw wrong('siret', 'siret_wrong')
  if (siren !== null && siret !== null && !siret.startsWith(siren)) throw wrong('siret', 'siret_of_another')
  if (vatNumber?.startsWith('FR') && !frenchVatHolds(vatNumber, siren ?? siret?.slice(0, 9) ?? ''))
    throw wrong('vatNumber', 'vat_number_wrong')
  if (vatNumber !== null && !/^[A-Z]{2}[A-Z0-9]{2,13}$/.test(vatNumber))
    throw wrong('vatNumber', 'vat_number_wrong')
  return { ...typed, siren, siret, vatNumber }
}

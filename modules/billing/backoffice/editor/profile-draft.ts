import type { BillingProfile, PaymentMeans } from '#contract/billing'

/** Every field as it is typed; empty stands for what the client's own page says. */
export type ProfileDraft = {
  audience: BillingProfile['audience']
  legalName: string
  siren: string
  siret: string
  vatNumber: string
  electronicAddress: string
  email: string
  lines: string
  postcode: string
  city: string
  paymentDays: string
  paymentMeans: PaymentMeans | ''
  language: BillingProfile['language']
}

export const draftOfProfile = (profile: BillingProfile): ProfileDraft => ({
  audience: profile.audience,
  legalName: profile.legalName,
  siren: profile.siren ?? '',
  siret: profile.siret ?? '',
  vatNumber: profile.vatNumber ?? '',
  electronicAddress: profile.electronicAddress ?? '',
  email: profile.email ?? '',
  lines: profile.address?.lines.join('\n') ?? '',
  postcode: profile.address?.postcode ?? '',
  city: profile.address?.city ?? '',
  paymentDays: profile.paymentDays === null ? '' : String(profile.paymentDays),
  paymentMeans: profile.paymentMeans ?? '',
  language: profile.language,
})

const orNull = (typed: string) => typed.trim() || null
const digits = (typed: string) => orNull(typed.replaceAll(/\s/g, ''))

/** @param before whose country stays, which nobody types here */
export function profileOf(draft: ProfileDraft, before: BillingProfile): Omit<BillingProfile, 'revision'> {
  const lines = draft.lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const isOwn = lines.length > 0 || draft.postcode.trim() !== '' || draft.city.trim() !== ''
  return {
    audience: draft.audience,
    legalName: draft.legalName,
    siren: digits(draft.siren),
    siret: digits(draft.siret),
    vatNumber: digits(draft.vatNumber),
    electronicAddress: orNull(draft.electronicAddress),
    email: orNull(draft.email),
    address: isOwn
      ? {
          lines,
          postcode: draft.postcode.trim(),
          city: draft.city.trim(),
          country: before.address?.country ?? 'FR',
        }
      : null,
    // What is no number is told by the server, beside the field.
    paymentDays: draft.paymentDays.trim() === '' ? null : Number(draft.paymentDays),
    paymentMeans: draft.paymentMeans || null,
    language: draft.language,
  }
}

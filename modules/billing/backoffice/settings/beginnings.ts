import type { SettingContents } from '#contract/billing'

/** Where nothing was ever said, a form begins with what most companies say. */
export const beginnings: SettingContents = {
  identity: {
    name: '',
    legalForm: '',
    soleTrader: false,
    capitalCents: null,
    siren: '',
    siret: null,
    rcsCity: null,
    vatNumber: null,
    address: { lines: [''], postcode: '', city: '', country: 'FR' },
    email: '',
    phone: null,
    electronicAddress: { scheme: '0225', value: '' },
  },
  vat: { regime: 'normal', onDebits: false, defaultBasisPoints: 2_000 },
  bank: { iban: '', bic: '', holder: '', creditorId: null },
  terms: {
    paymentDays: 30,
    discountTerms: '',
    penaltyKind: 'ecb_plus_10',
    penaltyBasisPoints: null,
    indemnityCents: 4_000,
    confidentiality: null,
    note: '',
  },
  numbering: { invoicePrefix: 'FA', creditNotePrefix: 'AV', quotePrefix: 'DE', digits: 6 },
  appearance: { accent: '#0f5a5e', logo: null, footer: '', businessNote: '', privateNote: '' },
  dunning: { steps: [] },
}

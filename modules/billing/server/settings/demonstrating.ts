/** An invented company, for demonstrations and tests: its numbers hold, and nobody bears them. */
import type { SettingContents, SettingKind } from '#contract/billing'
import type { Tables } from '#platform/server/db.ts'
import { demonstrationLetters } from './demonstration-letters.ts'
import { theMainCompany } from './in-force-queries.ts'

export const demonstrationSettings: SettingContents = {
  identity: {
    name: 'MaGestionPsy',
    legalForm: 'SAS',
    soleTrader: false,
    capitalCents: 2_500_000,
    siren: '123456782',
    siret: '12345678200010',
    rcsCity: 'Nancy',
    vatNumber: 'FR11123456782',
    address: { lines: ['12 rue des Tilleuls'], postcode: '54000', city: 'Nancy', country: 'FR' },
    email: 'facturation@example.com',
    // ARCEP keeps these numbers free for fiction.
    phone: '+33353010000',
    electronicAddress: { scheme: '0225', value: '123456782' },
  },
  vat: { regime: 'normal', onDebits: false, defaultBasisPoints: 2_000 },
  bank: {
    // No bank has the code 99999.
    iban: 'FR7699999000010001234567809',
    bic: 'TESTFRP1XXX',
    holder: 'MaGestionPsy SAS',
    creditorId: 'FR53ZZZ999999',
  },
  terms: {
    paymentDays: 30,
    discountTerms: 'Pas d’escompte pour paiement anticipé.',
    penaltyKind: 'ecb_plus_10',
    penaltyBasisPoints: null,
    indemnityCents: 4_000,
    confidentiality:
      'Ce document s’adresse à son seul destinataire ; il ne contient aucune donnée de santé ni aucune donnée de patient.',
    note: '',
  },
  numbering: { invoicePrefix: 'FA', creditNotePrefix: 'AV', quotePrefix: 'DE', digits: 6 },
  appearance: {
    accent: '#0f5a5e',
    logo: {
      mediaType: 'image/svg+xml',
      base64: btoa(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="#0f5a5e"/>' +
          '<path d="M18 44V22l14 14 14-14v22" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/></svg>',
      ),
    },
    footer: 'MaGestionPsy, le logiciel des psychologues et de leurs secrétariats.',
    businessNote: '',
    privateNote: '',
  },
  dunning: { steps: demonstrationLetters },
}

/** Writes what is not said yet, as the installation itself. @param from the first day it holds */
export async function seedSettings(
  db: Tables<'billingSettings' | 'billingCompanies'>,
  {
    from = '2015-01-01',
    companyId,
    contents = demonstrationSettings,
  }: { from?: string; companyId?: string; contents?: Partial<SettingContents> } = {},
): Promise<string> {
  const id = companyId ?? (await theMainCompany(db)).id
  await db
    .insertInto('billingSettings')
    .values(
      (Object.keys(contents) as SettingKind[]) // its keys are kinds, by its type
        .map((kind) => ({
          companyId: id,
          kind,
          inForceFrom: from,
          content: JSON.stringify(contents[kind]),
          state: 'approved',
        })),
    )
    .onConflict((known) => known.doNothing())
    .execute()
  return id
}

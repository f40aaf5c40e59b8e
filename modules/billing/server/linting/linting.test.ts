import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { keepsFromIssuing, type InvoiceContent } from '#contract/billing'
import { sentencesOf } from '#platform/server/sentences.ts'
import { readMessages } from '../../../../apps/server/messages.ts'
import {
  betweenProfessionals,
  type ContentStory,
  contentWith,
  forPrivatePersons,
  practice,
  privatePerson,
} from '../../../../tests/harness/invoice-content.ts'
import { brokenRules, ruleSheetsThere } from '../../../../tests/harness/rule-sheets.ts'
import { ciiOf } from '../xml/cii.ts'
import type { RateLeft } from '../drafts/rates-left.ts'
import { findingsOf, type About } from './linting.ts'

const usual: About = {
  today: '2026-11-22',
  lastIssuedOn: '2026-11-20',
  closedUntil: '2026-10-31',
  vatRegime: 'normal',
  onDebits: false,
  original: null,
  takings: [],
}
const found = (content: InvoiceContent, about: Partial<About> = {}) =>
  findingsOf(content, { ...usual, ...about })
const rulesOf = (content: InvoiceContent, about: Partial<About> = {}) =>
  found(content, about).map(({ rule }) => rule)

const original = { number: 'FA-2026-000100', issuedOn: '2026-11-02' }
/** Of an invoice like the reference, less what was credited of it excluding VAT. */
const cited = (creditedCents: number, rate: Partial<RateLeft> = {}): About['original'] => ({
  creditNotes: creditedCents === 0 ? 0 : 1,
  rates: [
    {
      category: 'S',
      basisPoints: 2_000,
      exemption: null,
      askedCents: 2_417,
      askedVatCents: 483,
      creditedCents,
      creditedVatCents: Math.round(creditedCents / 5),
      takenCents: 0,
      ...rate,
    },
  ],
})
const deposit = { number: 'FA-2026-000101', issuedOn: '2026-11-03' }
const belgian = { lines: ['Rue Haute 1'], postcode: '1000', city: 'Bruxelles', country: 'BE' }
const without = (code: string) => betweenProfessionals.filter((mention) => mention.code !== code)
const payment = contentWith().payment
const spoiled =
  (change: (content: InvoiceContent) => Partial<InvoiceContent>) => (content: InvoiceContent) => ({
    ...content,
    ...change(content),
  })

describe('nothing is found in what is lawful', () => {
  const lawful: [string, ContentStory, Partial<About>?][] = [
    ['the reference invoice', {}],
    ['one for a private person', { buyer: privatePerson }],
    ['a credit note of the whole', { typeCode: 381, original }, { original: cited(0) }],
    ['a corrective invoice', { typeCode: 384, original }, { original: cited(2_417) }],
    ['a deposit', { typeCode: 386 }],
    ['a final invoice', { frame: 'S4', original, prepaidCents: 1_000 }],
    [
      'the small practitioner under 293 B',
      {
        lines: [{ vatCategory: 'E', vatBasisPoints: 0 }],
        exemption: 'VATEX-FR-FRANCHISE',
        seller: { soleTrader: true, legalForm: '', capitalCents: null, rcsCity: null, vatNumber: null },
      },
      { vatRegime: 'franchise' },
    ],
    ['care', { lines: [{ vatCategory: 'E', vatBasisPoints: 0 }] }, { vatRegime: 'exempt_care' }],
  ]
  test.each(lawful)('%s', (_name, story, about) => {
    expect(found(contentWith(story), about)).toEqual([])
  })
})

/** Each rule once: what is done to the reference invoice, and what is found then. */
const broken: [
  rule: string,
  story: ContentStory,
  about?: Partial<About>,
  spoil?: (content: InvoiceContent) => InvoiceContent,
][] = [
  ['seller_unknown', { seller: { name: '' } }],
  ['seller_siren_wrong', { seller: { siren: '123456789', siret: null } }],
  ['seller_siret_wrong', { seller: { siret: '98765432400011' } }],
  [
    'seller_address_incomplete',
    { seller: { address: { lines: [], postcode: '', city: 'Nancy', country: 'FR' } } },
  ],
  ['seller_electronic_address', { seller: { electronicAddress: { scheme: '0225', value: '' } } }],
  ['seller_vat_number_missing', { seller: { vatNumber: null } }],
  ['seller_vat_number_wrong', { seller: { vatNumber: 'FR12123456782' } }],
  ['vat_regime_unknown', {}, { vatRegime: null }],
  ['seller_capital_missing', { seller: { capitalCents: null } }],
  ['seller_register_missing', { seller: { rcsCity: null } }],
  ['bank_unknown', { payment: { ...payment, iban: null, bic: null } }],
  ['iban_wrong', { payment: { ...payment, iban: 'FR7699999000010001234567808' } }],
  ['mandate_missing', { payment: { ...payment, means: 'direct_debit' } }],
  ['client_name_missing', { buyer: { name: ' ' } }],
  ['client_address_incomplete', { buyer: { address: { ...practice.address, city: '' } } }],
  ['client_siren_missing', { buyer: { siren: null, electronicAddress: null } }],
  [
    'client_siren_wrong',
    { buyer: { siren: '987654321', electronicAddress: { scheme: '0225', value: '987654321' } } },
  ],
  ['client_siret_wrong', { buyer: { siret: '12345678200010' } }],
  ['client_electronic_address_missing', { buyer: { electronicAddress: null } }],
  ['client_electronic_address_abroad', { buyer: { address: belgian, siren: null, electronicAddress: null } }],
  [
    'client_electronic_address_wrong',
    { buyer: { electronicAddress: { scheme: '0225', value: '123456782' } } },
  ],
  [
    'client_electronic_address_signs',
    { buyer: { electronicAddress: { scheme: '0225', value: '987654324 é' } } },
  ],
  [
    'client_vat_number_missing',
    { lines: [{ vatCategory: 'AE', vatBasisPoints: 0 }], exemption: 'VATEX-EU-AE' },
  ],
  ['client_vat_number_wrong', { buyer: { vatNumber: 'FR00987654324' } }],
  ['indemnity_missing', { mentions: without('PMT') }],
  ['indemnity_wrong', { mentions: [...without('PMT'), { code: 'PMT', text: 'Voir l’article D441-5.' }] }],
  ['penalties_missing', { mentions: without('PMD') }],
  ['discount_terms_missing', { mentions: without('AAB') }],
  [
    'indemnity_to_private',
    { buyer: privatePerson, mentions: [...forPrivatePersons, { code: 'PMT', text: '40 €' }] },
  ],
  ['mention_twice', { mentions: [...betweenProfessionals, { code: 'AAB', text: 'Encore.' }] }],
  ['debits_missing', {}, { onDebits: true }],
  ['treatment_wrong', { mentions: [...without('BAR'), { code: 'BAR', text: 'B2C' }] }],
  ['number_wrong', { number: 'FA 2026' }],
  ['frame_wrong', { frame: 'X1' }],
  [
    'issued_in_no_year',
    { issuedOn: '1999-12-31', dueOn: '1999-12-31' },
    { lastIssuedOn: null, closedUntil: null },
  ],
  ['issued_before_last', { issuedOn: '2026-11-19' }],
  ['issued_in_future', { issuedOn: '2026-11-23' }],
  ['month_closed', { issuedOn: '2026-10-31', dueOn: '2026-11-30' }, { lastIssuedOn: null }],
  ['due_before_issued', { dueOn: '2026-11-21' }],
  ['due_too_late', { dueOn: '2027-01-22' }],
  [
    'debit_too_soon',
    {
      dueOn: '2026-12-05',
      payment: {
        ...payment,
        means: 'direct_debit',
        mandate: { reference: 'MGP-1', creditorId: 'FR53ZZZ999999', ibanEnding: '0129' },
      },
    },
  ],
  ['period_turned', { period: { from: '2026-11-02', until: '2026-11-01' } }],
  ['supplied_later', { suppliedOn: '2026-11-23' }],
  ['credit_note_cites_nothing', { typeCode: 381 }],
  ['corrective_cites_nothing', { typeCode: 384 }],
  ['cited_later', { typeCode: 381, original: { number: 'FA-2026-000200', issuedOn: '2026-11-23' } }],
  [
    'credited_too_much',
    { typeCode: 381, original },
    { original: cited(1, { category: null, basisPoints: null }) },
  ],
  ['credited_too_much_of_rate', { typeCode: 381, original }, { original: cited(1) }],
  ['deposit_not_takeable', {}, { takings: [{ line: 0, deposit: null, exclCents: 100, leftCents: 0 }] }],
  ['deposit_taken_too_much', {}, { takings: [{ line: 0, deposit, exclCents: 101, leftCents: 100 }] }],
  ['corrected_before_credited', { typeCode: 384, original }, { original: cited(2_416) }],
  ['credit_note_below_zero', { typeCode: 381, original, lines: [{ quantity: '-1' }] }],
  ['invoice_below_zero', { lines: [{ quantity: '-1' }] }],
  ['nothing_to_pay', { lines: [{ unitPriceCents: 0 }] }],
  [
    'discount_too_large',
    {
      lines: [{}, { quantity: '-1' }, { unitPriceCents: 100 }],
      discount: { basisPoints: 0, cents: 101, label: '' },
    },
  ],
  ['prepaid_too_much', { prepaidCents: 2_901 }],
  ['not_paid_yet', { frame: 'S2' }],
  ['deposit_is_final', { typeCode: 386, frame: 'S4' }],
  ['no_lines', { lines: [] }],
  ['line_unnamed', { lines: [{ description: ' \nprécisions' }] }],
  [
    'line_quantity_wrong',
    {},
    {},
    spoiled(({ lines }) => ({ lines: lines.map((line) => ({ ...line, quantity: '1,5' })) })),
  ],
  ['line_quantity_zero', { lines: [{}, { quantity: '0.000' }] }],
  ['line_unit_unknown', { lines: [{ unit: 'ZZ' }] }],
  ['line_period_turned', { lines: [{ period: { from: '2026-11-02', until: '2026-11-01' } }] }],
  ['line_discount_too_large', { lines: [{}, { discountCents: 2_418 }] }],
  ['franchise_bears_vat', {}, { vatRegime: 'franchise' }],
  ['rate_missing', { lines: [{ vatBasisPoints: 0 }] }],
  ['rate_unknown', { lines: [{ vatBasisPoints: 700 }] }],
  ['rate_on_exempt', { lines: [{ vatCategory: 'E', vatBasisPoints: 1_000 }] }],
  [
    'exemption_on_taxed',
    {},
    {},
    spoiled(({ vat }) => ({ vat: vat.map((one) => ({ ...one, exemption: 'Non' })) })),
  ],
  [
    'exemption_missing',
    { lines: [{ vatCategory: 'E', vatBasisPoints: 0 }] },
    {},
    spoiled(({ vat }) => ({ vat: vat.map((one) => ({ ...one, exemption: ' ' })) })),
  ],
  [
    'exemption_unknown',
    { lines: [{ vatCategory: 'E', vatBasisPoints: 0 }] },
    {},
    spoiled(({ vat }) => ({ vat: vat.map((one) => ({ ...one, exemptionCode: 'CARE' })) })),
  ],
  [
    'exemption_of_another',
    { lines: [{ vatCategory: 'E', vatBasisPoints: 0 }] },
    {},
    spoiled(({ vat }) => ({ vat: vat.map((one) => ({ ...one, exemptionCode: 'VATEX-EU-AE' })) })),
  ],
  [
    'exemption_not_ours',
    { lines: [{ vatCategory: 'E', vatBasisPoints: 0 }], exemption: 'VATEX-FR-FRANCHISE' },
  ],
  [
    'exemption_not_franchise',
    { lines: [{ vatCategory: 'E', vatBasisPoints: 0 }] },
    { vatRegime: 'franchise' },
  ],
  ['outside_scope_mixed', { lines: [{}, { vatCategory: 'O', vatBasisPoints: 0 }], exemption: 'VATEX-EU-O' }],
  [
    'supply_day_missing',
    {
      lines: [{ vatCategory: 'K', vatBasisPoints: 0 }],
      exemption: 'VATEX-EU-IC',
      buyer: {
        address: belgian,
        siren: null,
        vatNumber: 'BE0123456749',
        electronicAddress: { scheme: '0208', value: '1' },
      },
    },
  ],
  [
    'union_within_france',
    {
      lines: [{ vatCategory: 'K', vatBasisPoints: 0 }],
      exemption: 'VATEX-EU-IC',
      suppliedOn: '2026-11-21',
      buyer: { vatNumber: 'FR14987654324' },
    },
  ],
  ['export_within_france', { lines: [{ vatCategory: 'G', vatBasisPoints: 0 }], exemption: 'VATEX-EU-G' }],
  ['foreign_account', { lines: [{ description: 'Séance, à régler sur FR14 2004 1010 0505 0001 3M02 606' }] }],
  ['unprintable', { lines: [{ description: 'Séance 🦉' }] }],
  ['sums_disagree', {}, {}, spoiled(({ totals }) => ({ totals: { ...totals, vatCents: 482 } }))],
]

test.each(broken)('%s', (rule, story, about, spoil = (content) => content) => {
  expect(rulesOf(contentWith({}))).toEqual([])
  expect(rulesOf(spoil(contentWith(story)), about)).toContain(rule)
})

test('every rule is broken once above', () => {
  const written = globSync(join(import.meta.dirname, '*.ts'))
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) => [
      ...readFileSync(file, 'utf8').matchAll(
        /(?:error|warning)\(\s*(?:typeCode === 381 \? )?'(\w+)'(?: : '(\w+)')?/g,
      ),
    ])
    .flatMap(([, one = '', other]) => (other ? [one, other] : [one]))
  expect([...new Set(written)].toSorted()).toEqual(broken.map(([rule]) => rule).toSorted())
})

test('every rule says in both languages what is wrong and how to mend it', () => {
  const sentences = sentencesOf(readMessages())
  for (const [rule, story, about, spoil = (content: InvoiceContent) => content] of broken)
    for (const { rule: name, values, reference } of found(spoil(contentWith(story)), about)) {
      expect(reference, name).not.toBe('')
      for (const language of ['fr', 'en'] as const)
        for (const key of [`billing.rule.${name}`, `billing.rule.${name}.mend`])
          expect(sentences.say(language, key, values), `${rule}: ${key}`).not.toMatch(/^billing\.|[{}]/)
    }
})

test.each<[field: string, content: InvoiceContent]>([
  ['lines.1.description', contentWith({ lines: [{}, { description: '🦉' }] })],
  ['client.legalName', contentWith({ buyer: { name: 'Cabinet 🦉' } })],
  ['client.address', contentWith({ buyer: { address: { ...practice.address, city: 'Nancy 🦉' } } })],
  ['note', { ...contentWith(), note: 'Merci 🦉' }],
  ['orderReference', { ...contentWith(), orderReference: '🦉' }],
  ['settings.appearance', { ...contentWith(), appearance: { ...contentWith().appearance, footer: '🦉' } }],
])(
  'what no font can write, and an account that is not ours, are told with their field: %s',
  (field, content) => {
    const told = (text: InvoiceContent) => found(text).map((one) => [one.rule, one.field])
    expect(told(content)).toContainEqual(['unprintable', field])
    const account = JSON.parse(
      JSON.stringify(content).replaceAll('🦉', 'FR14 2004 1010 0505 0001 3M02 606'),
    ) as InvoiceContent // the same shape
    expect(told(account)).toContainEqual(['foreign_account', field])
  },
)

test('an account that begins on a line and ends on the next is found; ours may stand anywhere', () => {
  const split = [{ description: 'À régler sur FR14 2004 1010' }, { description: '0505 0001 3M02 606' }]
  expect(found(contentWith({ lines: split }))).toMatchObject([{ rule: 'foreign_account', field: 'lines' }])
  expect(found({ ...contentWith(), note: `IBAN ${contentWith().payment.iban}` })).toEqual([])
})

test.each(['محمد عبد الله', 'שרה כהן', 'É'.repeat(300), `L'"Atelier" <b>&amp; №`, '株式会社'])(
  'names of many scripts and lengths are lawful: %s',
  (name) => {
    expect(found(contentWith({ buyer: { name }, lines: [{ description: name }] }))).toEqual([])
  },
)

test('days and amounts are written as people write them', () => {
  const sentences = sentencesOf(readMessages())
  const say = (story: ContentStory, about: Partial<About> = {}) => {
    const [first] = found(contentWith(story), about)
    return sentences.say('fr', `billing.rule.${first?.rule}`, first?.values)
  }
  expect(say({ issuedOn: '2026-11-19' })).toContain('20 nov. 2026')
  expect(say({ typeCode: 381, original }, { original: cited(1) })).toMatch(/24,16\s€/)
})

test('an error keeps a document from its number, a warning does not', () => {
  expect(keepsFromIssuing(found(contentWith({ lines: [] })))).toBe(true)
  expect(keepsFromIssuing(found(contentWith({ lines: [{ unitPriceCents: 0 }] })))).toBe(false)
})

describe.skipIf(!ruleSheetsThere)('what the linter lets through, the judges let through', () => {
  const judged = broken.flatMap(([rule, story, about, spoil = (content: InvoiceContent) => content]) => {
    const content = spoil(contentWith(story))
    return keepsFromIssuing(found(content, about)) || rule === 'client_electronic_address_abroad'
      ? []
      : [{ rule, content }]
  })
  test.each(judged)('$rule is but a warning', { timeout: 180_000 }, async ({ content }) => {
    const xml = ciiOf(content)
    expect(await brokenRules('en16931', xml)).toEqual([])
    if (content.buyer.audience === 'business') expect(await brokenRules('french', xml)).toEqual([])
  })
})

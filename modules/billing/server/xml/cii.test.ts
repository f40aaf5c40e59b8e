import { describe, expect, test } from 'vitest'
import type { InvoiceContent } from '#contract/billing'
import { type ContentStory, contentWith, privatePerson } from '../../../../tests/harness/invoice-content.ts'
import { brokenRules, ruleSheetsThere, schemaErrors } from '../../../../tests/harness/rule-sheets.ts'
import { ciiOf } from './cii.ts'

const value = (xml: string, name: string) => new RegExp(`<ram:${name}[^>]*>([^<]*)<`).exec(xml)?.[1]

test('the reference invoice says 24.17, 4.83 and 29.00', () => {
  const xml = ciiOf(contentWith())
  expect(value(xml, 'TaxBasisTotalAmount')).toBe('24.17')
  expect(value(xml, 'TaxTotalAmount')).toBe('4.83')
  expect(value(xml, 'GrandTotalAmount')).toBe('29.00')
  expect(value(xml, 'DuePayableAmount')).toBe('29.00')
})

test('the same content gives the same bytes', () => {
  expect(ciiOf(contentWith())).toBe(ciiOf(structuredClone(contentWith())))
})

test('names are written as they are, whatever signs they bear', () => {
  const xml = ciiOf(
    contentWith({
      buyer: { name: `L'"Atelier" <b>&amp; ]]> \u0000\uFFFF 🦉 שלום` },
      lines: [{ description: '<!--' }],
    }),
  )
  expect(xml).toContain("L'&quot;Atelier&quot; &lt;b&gt;&amp;amp; ]]&gt; \uFFFD\uFFFD 🦉 שלום")
  expect(xml).toContain('<ram:Name>&lt;!--</ram:Name>')
})

test('a private person is told nothing of the 40 €', () => {
  expect(ciiOf(contentWith({ buyer: privatePerson }))).not.toMatch(/PMT|40 €/)
})

/** What a document may look like: each passes the judges whole. */
const stories: Record<string, ContentStory> = {
  'the reference invoice': {},
  'mixed rates, units, discounts and periods': {
    lines: [
      { quantity: '2.5', unit: 'HUR', unitPriceCents: 9_999, description: 'Formation\navec support' },
      {
        vatBasisPoints: 1_000,
        discountBasisPoints: 1_250,
        period: { from: '2026-11-01', until: '2026-11-30' },
      },
      { vatBasisPoints: 550, discountCents: 100 },
      { vatBasisPoints: 210, unitPriceCents: 1 },
      { vatCategory: 'E', vatBasisPoints: 0, unitPriceCents: 5_000 },
    ],
    discount: { basisPoints: 333, cents: 0, label: 'Fidélité' },
    period: { from: '2026-11-01', until: '2026-11-30' },
    note: 'Merci de votre confiance.',
    orderReference: 'BC-77',
  },
  'lines below zero, by quantity and by price, and a discount on them': {
    lines: [
      { quantity: '10', unitPriceCents: 5_000 },
      { quantity: '-1', unitPriceCents: 2_000, discountBasisPoints: 1_000 },
      { quantity: '1', unitPriceCents: -500 },
      { quantity: '-2', unitPriceCents: -500 },
      { quantity: '-1', unitPriceCents: 300, vatBasisPoints: 550 },
    ],
    discount: { basisPoints: 1_000, cents: 0, label: '' },
  },
  'an amount off, shared out over the rates': {
    lines: [{ unitPriceCents: 3_333 }, { unitPriceCents: 3_333, vatBasisPoints: 1_000 }],
    discount: { basisPoints: 0, cents: 1_000, label: 'Geste commercial' },
  },
  'zero in all': { lines: [{ unitPriceCents: 0 }] },
  'less than nothing': { lines: [{ quantity: '-1' }] },
  'a credit note': {
    typeCode: 381,
    number: 'AV-2026-000007',
    original: { number: 'FA-2026-000122', issuedOn: '2026-11-01' },
  },
  'a corrective invoice': { typeCode: 384, original: { number: 'FA-2026-000122', issuedOn: '2026-11-01' } },
  'a deposit': { typeCode: 386 },
  'a final invoice after a deposit': {
    frame: 'S4',
    original: { number: 'FA-2026-000100', issuedOn: '2026-10-01' },
    prepaidCents: 1_000,
  },
  'paid already': { frame: 'S2', prepaidCents: 2_900, suppliedOn: '2026-11-21' },
  'without VAT (293 B)': {
    lines: [{ vatCategory: 'E', vatBasisPoints: 0 }],
    exemption: 'VATEX-FR-FRANCHISE',
    seller: { vatNumber: null, soleTrader: true, name: 'Claire Petit', legalForm: '' },
  },
  'care (261, 4-1°)': { lines: [{ vatCategory: 'E', vatBasisPoints: 0 }] },
  'reverse charge': {
    lines: [{ vatCategory: 'AE', vatBasisPoints: 0 }],
    exemption: 'VATEX-EU-AE',
    buyer: { vatNumber: 'FR14987654324' },
  },
  'within the Union': {
    lines: [{ vatCategory: 'K', vatBasisPoints: 0 }],
    exemption: 'VATEX-EU-IC',
    suppliedOn: '2026-11-20',
    buyer: {
      siren: null,
      vatNumber: 'BE0123456749',
      address: { lines: ['Rue Haute 1'], postcode: '1000', city: 'Bruxelles', country: 'BE' },
      electronicAddress: { scheme: '0208', value: '0123456749' },
    },
    mentions: contentWith().mentions.map((one) => (one.code === 'BAR' ? { ...one, text: 'B2BINT' } : one)),
  },
  export: {
    lines: [{ vatCategory: 'G', vatBasisPoints: 0 }],
    exemption: 'VATEX-EU-G',
    mentions: contentWith().mentions.map((one) => (one.code === 'BAR' ? { ...one, text: 'B2BINT' } : one)),
  },
  'zero rate': { lines: [{ vatCategory: 'Z', vatBasisPoints: 0 }] },
  'on debits': {
    mentions: [
      ...contentWith().mentions,
      { code: 'TXD', text: 'Option pour le paiement de la taxe d’après les débits' },
    ],
  },
  'by direct debit': {
    payment: {
      ...contentWith().payment,
      means: 'direct_debit',
      mandate: { reference: 'MGP-000042', creditorId: 'FR53ZZZ999999', ibanEnding: '6789' },
    },
  },
  'by card': { payment: { ...contentWith().payment, means: 'card', iban: null, bic: null } },
  'by cheque': { payment: { ...contentWith().payment, means: 'cheque', iban: null, bic: null } },
  'four lines of address and 300 characters of name': {
    buyer: {
      name: `Éloïse « d’Or » ${'x'.repeat(280)}`,
      siret: '98765432400011',
      address: { lines: ['A', 'B', 'C', 'D'], postcode: '06000', city: 'Nice', country: 'FR' },
    },
  },
  'for a private person': { buyer: privatePerson },
}

describe.skipIf(!ruleSheetsThere)('the judges find nothing in', () => {
  test.each(Object.entries(stories))('%s', { timeout: 180_000 }, async (_name, story) => {
    expect(await verdict(contentWith(story))).toEqual({ schema: [], en16931: [], facturX: [], french: [] })
  })
})

describe.skipIf(!ruleSheetsThere)('the judges find what was changed', () => {
  const mutations: readonly [string, (content: InvoiceContent) => InvoiceContent, Partial<Verdict>][] = [
    [
      'a total',
      (content) => ({ ...content, totals: { ...content.totals, inclCents: 2_901 } }),
      { en16931: ['BR-CO-15', 'BR-CO-16'] },
    ],
    [
      'the VAT',
      (content) => ({ ...content, vat: content.vat.map((one) => ({ ...one, vatCents: 700 })) }),
      { en16931: ['BR-CO-14', 'BR-CO-17', 'BR-S-09'] },
    ],
    [
      'a line',
      (content) => ({ ...content, lines: content.lines.map((one) => ({ ...one, exclCents: 9_000 })) }),
      { en16931: ['BR-CO-10', 'BR-S-08'] },
    ],
    [
      'the 40 €',
      (content) => ({ ...content, mentions: content.mentions.filter(({ code }) => code !== 'PMT') }),
      { french: ['BR-FR-05_BT-22_PMT'] },
    ],
    ['the frame', (content) => ({ ...content, frame: 'X1' }), { french: ['BR-FR-08_BT-23'] }],
    [
      'what a credit note cites',
      (content) => ({ ...content, typeCode: 381 }),
      { french: ['BR-FR-CO-05_BT-3'] },
    ],
    ['the number', (content) => ({ ...content, number: 'FA 2026 1' }), { french: ['BR-FR-02_BT-1'] }],
  ]
  test.each(mutations)('%s', { timeout: 180_000 }, async (_name, mutate, expected) => {
    expect(await verdict(mutate(contentWith()))).toMatchObject(expected)
  })
})

type Verdict = { schema: string[]; en16931: string[]; facturX: string[]; french: string[] }

/** The French rules are about documents between professionals. */
async function verdict(content: InvoiceContent): Promise<Verdict> {
  const xml = ciiOf(content)
  return {
    schema: (await schemaErrors('invoice', [xml])).flat(),
    en16931: await brokenRules('en16931', xml),
    facturX: await brokenRules('facturX', xml),
    french: content.buyer.audience === 'business' ? await brokenRules('french', xml) : [],
  }
}

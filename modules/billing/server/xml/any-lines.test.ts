import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { InvoiceContent } from '#contract/billing'
import { contentWith, privatePerson } from '../../../../tests/harness/invoice-content.ts'
import { randomDiscount, randomLines } from '../../../../tests/harness/random-lines.ts'
import { brokenRules, ruleSheetsThere, schemaErrors } from '../../../../tests/harness/rule-sheets.ts'
import { ciiOf } from './cii.ts'

const documents = fc
  .tuple(randomLines, randomDiscount, fc.boolean(), fc.constantFrom(380 as const, 381 as const, 386 as const))
  .map(([lines, discount, business, typeCode]) =>
    contentWith({
      lines,
      discount,
      typeCode,
      original: typeCode === 381 ? { number: 'FA-2026-000122', issuedOn: '2026-11-01' } : null,
      buyer: business ? {} : privatePerson,
    }),
  )
const seed = 20_261_122

test('screen and XML show the same amounts, whatever the lines', () => {
  fc.assert(
    fc.property(documents, (content) => {
      const xml = ciiOf(content)
      expect(amounts(xml, 'CalculatedAmount')).toEqual(content.vat.map(({ vatCents }) => vatCents))
      expect(amounts(xml, 'GrandTotalAmount')).toEqual([content.totals.inclCents])
      expect(amounts(xml, 'TaxTotalAmount')).toEqual([content.totals.vatCents])
      expect(amounts(xml, 'TaxBasisTotalAmount')).toEqual([content.totals.exclCents])
      expect(amounts(xml, 'DuePayableAmount')).toEqual([content.totals.dueCents])
      expect(amounts(xml, 'LineTotalAmount')).toEqual([
        ...content.lines.map(({ exclCents }) => exclCents),
        content.totals.linesCents,
      ])
    }),
  )
})

describe.skipIf(!ruleSheetsThere)('the judges', () => {
  test('find nothing in documents of one to two hundred lines', { timeout: 600_000 }, async () => {
    const sampled = fc.sample(documents, { numRuns: process.env['TEST_LONG'] ? 300 : 12, seed })
    const xmls = sampled.map(ciiOf)
    expect((await schemaErrors('invoice', xmls)).flat()).toEqual([])
    for (const [index, xml] of xmls.entries()) {
      expect(await brokenRules('en16931', xml), `document ${index}`).toEqual([])
      if (betweenProfessionals(sampled[index])) expect(await brokenRules('french', xml)).toEqual([])
      else expect(xml).not.toMatch(/<ram:SubjectCode>PMT</)
    }
  })
})

const betweenProfessionals = (content: InvoiceContent | undefined) => content?.buyer.audience === 'business'

/** @returns cents of each such element, in the order of the document */
const amounts = (xml: string, name: string) =>
  [...xml.matchAll(new RegExp(`<ram:${name}[^>]*>(-?)(\\d+)\\.(\\d\\d)<`, 'g'))].map(
    ([, sign, euros, cents]) => Number(`${sign}${euros}${cents}`),
  )

import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { InvoiceContent } from '#contract/billing'
import { Unprintable } from '#platform/server/typeset.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { atTheEnd } from '../../../../tests/harness/at-the-end.ts'
import { type ContentStory, contentWith, privatePerson } from '../../../../tests/harness/invoice-content.ts'
import { sealHolds, sha256, structureOf } from '../../../../tests/harness/pdf-structure.ts'
import { textOfPdf } from '../../../../tests/harness/pdf-text.ts'
import { demonstrationSettings } from '../settings/demonstrating.ts'
import { ciiOf } from '../xml/cii.ts'
import { plainPdf } from './drawing.ts'
import { openPress } from './pressing.ts'
import { loadSeal } from './seal.ts'
import { carried, sealedPdf, type Sealable } from './sealing.ts'

const dataDir = await mkdtemp(path.join(os.tmpdir(), 'mgp-seal-'))
atTheEnd(() => rm(dataDir, { recursive: true, force: true }))
const vault = vaultOf(randomBytes(32))
const seal = await loadSeal({ dataDir, vault })

const documentOf = (content: InvoiceContent): Sealable => ({
  content,
  xml: ciiOf(content),
  sha256: sha256(Buffer.from(content.number)),
  finalisedAt: new Date('2026-11-22T21:00:00Z'),
})
const reference = documentOf(contentWith())
const sealed = (story: ContentStory) => sealedPdf(documentOf(contentWith(story)), seal)
/** As it is printed, without its spaces. */
const inEuros = (cents: number) =>
  new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' })
    .format(cents / 100)
    .replaceAll(/\s/g, '')
    .replace('-', '−')
const words = (pdf: Buffer) => textOfPdf(pdf).replaceAll(/[\s\u00A0\u202F]+/g, ' ')
const amounts = (pdf: Buffer) => words(pdf).replaceAll(' ', '')

describe('the sealed file of the reference invoice', async () => {
  const pdf = await sealedPdf(reference, seal)
  const structure = await structureOf(pdf)

  test('is a PDF/A-3b that says so once, and a Factur-X of the profile EN 16931', () => {
    expect(pdf.subarray(0, 8).toString()).toBe('%PDF-1.7')
    expect(structure.property('pdfaid:part')).toBe('3')
    expect(structure.property('pdfaid:conformance')).toBe('B')
    expect(structure.bags).toBe(1)
    expect(structure.property('fx:DocumentType')).toBe('INVOICE')
    expect(structure.property('fx:DocumentFileName')).toBe('factur-x.xml')
    expect(structure.property('fx:Version')).toBe('1.0')
    expect(structure.property('fx:ConformanceLevel')).toBe('EN 16931')
    expect(structure.xmp).toContain('<pdfaSchema:prefix>fx</pdfaSchema:prefix>')
    expect(structure.encrypted).toBe(false)
  })

  test('has its colours explained, its fonts inside, its parts tagged and its language told', () => {
    expect(structure.outputIntent).toEqual({ kind: '/GTS_PDFA1', profile: true })
    expect(structure.fonts.length).toBeGreaterThan(0)
    expect(structure.fonts).not.toContain(false)
    expect(structure.tagged).toBe(true)
    expect(structure.language).toMatch(/^fr/)
  })

  test('holds its XML, byte by byte, exactly once', () => {
    expect(structure.attachments).toEqual([
      {
        name: 'factur-x.xml',
        relationship: '/Alternative',
        mediaType: '/text#2Fxml',
        isAssociated: true,
        text: reference.xml,
      },
    ])
    expect(structure.associated).toBe(1)
  })

  test('says 24,17 and 4,83 and 29,00, which its XML says too', () => {
    for (const amount of ['24,17€', '4,83€', '29,00€']) expect(amounts(pdf)).toContain(amount)
    for (const amount of ['24.17', '4.83', '29.00']) expect(reference.xml).toContain(amount)
  })

  test('bears the mark by which its document is found', () => {
    expect(structure.property('dc:identifier')).toBe(`urn:sha256:${reference.sha256}`)
    expect(words(pdf).replaceAll(' ', '')).toContain(reference.sha256)
  })

  test('is sealed as a whole: one byte changed, or one more, and the seal is broken', async () => {
    expect(structure.signatures).toBe(1)
    expect(await sealHolds(pdf)).toBe(true)
    const changed = Buffer.from(pdf)
    const at = pdf.indexOf('/Title')
    changed[at + 1] = (changed[at + 1] ?? 0) ^ 1
    expect(await sealHolds(changed)).toBe(false)
    expect(await sealHolds(Buffer.concat([pdf, Buffer.from('\n')]))).toBe(false)
  })

  test('has the same bytes when it is made again, in a thread of its own too, with a seal read again', async () => {
    expect(sha256(await sealedPdf(structuredClone(reference), seal))).toBe(sha256(pdf))
    const press = openPress()
    const again = await press.make({
      what: 'sealed',
      document: reference,
      seal: carried(await loadSeal({ dataDir, vault })),
    })
    await press.close()
    expect(sha256(again)).toBe(sha256(pdf))
  })
})

const stories: Record<string, ContentStory> = {
  'several rates, discounts and units': {
    lines: [
      { quantity: '2.5', unit: 'HUR', unitPriceCents: 9_999, description: 'Formation\nsur place' },
      { vatBasisPoints: 1_000, discountBasisPoints: 1_250 },
      { vatBasisPoints: 550, discountCents: 100 },
      { vatCategory: 'E', vatBasisPoints: 0, unitPriceCents: 5_000, quantity: '-1' },
    ],
    discount: { basisPoints: 333, cents: 0, label: 'Fidélité' },
  },
  'a credit note': {
    typeCode: 381,
    number: 'AV-2026-000007',
    original: { number: 'FA-2026-000122', issuedOn: '2026-11-01' },
  },
  'a final invoice after its deposit': {
    original: { number: 'FA-2026-000120', issuedOn: '2026-10-01' },
    prepaidCents: 1_000,
  },
  'two hundred lines': {
    lines: Array.from({ length: 200 }, (_, index) => ({
      unitPriceCents: 1_000 + index,
      vatBasisPoints: 550,
    })),
  },
  'nothing to pay': { lines: [{ unitPriceCents: 0 }] },
}

describe('every kind of document', () => {
  test.each(Object.entries(stories))('%s prints the totals that were frozen', async (_, story) => {
    const content = contentWith(story)
    const pdf = await sealedPdf(documentOf(content), seal)
    const printed = amounts(pdf)
    const { exclCents, vatCents, inclCents, dueCents } = content.totals
    for (const cents of [exclCents, vatCents, inclCents, dueCents]) expect(printed).toContain(inEuros(cents))
    for (const rate of content.vat) expect(printed).toContain(inEuros(rate.baseCents))
    expect((await structureOf(pdf)).attachments).toHaveLength(1)
    expect(await sealHolds(pdf)).toBe(true)
  })

  test('cites what it corrects, with its day', async () => {
    const text = words(await sealed(stories['a credit note'] ?? {}))
    expect(text).toContain('Avoir')
    expect(text).toMatch(/FA-2026-000122 du 1er novembre 2026/)
  })

  test('of late payment a credit note speaks in its XML alone', async () => {
    const document = documentOf(contentWith(stories['a credit note'] ?? {}))
    expect(document.xml).toContain('>PMT<')
    expect(words(await sealedPdf(document, seal))).not.toMatch(/40 €|énalités|escompte/)
    expect(words(await sealed({}))).toMatch(/40 €/)
  })

  test('long ones go on over pages that say which they are', async () => {
    const pdf = await sealed(stories['two hundred lines'] ?? {})
    const { pages } = await structureOf(pdf)
    expect(pages).toBeGreaterThan(4)
    expect(words(pdf)).toContain(`page ${pages} / ${pages}`)
  })

  test('a private person reads nothing of penalties and of the 40 €', async () => {
    expect(words(await sealed({ buyer: privatePerson }))).not.toMatch(/Pénalités|40 €/)
  })

  test('is written in English to who reads English', async () => {
    const content = { ...contentWith(), language: 'en' as const }
    const text = words(await sealedPdf(documentOf(content), seal))
    expect(text).toContain('Invoice')
    expect(text).toContain('€24.17')
    expect(text).not.toContain('Échéance')
  })

  test.each([
    `L'"Atelier" <b>&amp; #import "x" $x^2$`,
    'محمد عبد الله',
    'שרה כהן',
    'W'.repeat(300),
    `${'Très longue raison sociale '.repeat(11)}SARL`,
  ])('writes the name %s', async (name) => {
    const pdf = await sealed({ buyer: { name } })
    expect((await structureOf(pdf)).fonts).not.toContain(false)
  })

  test('what no font can write is refused, and named', async () => {
    await expect(sealed({ buyer: { name: 'Cabinet 🦉' } })).rejects.toThrow(Unprintable)
  })
})

describe('what is no original', () => {
  const logo = demonstrationSettings.appearance.logo
  const content = { ...contentWith(), appearance: { accent: '#7a1f4b', logo, footer: 'Merci.' } }

  test('a copy says so, when and how it was paid, and holds neither XML nor seal', () => {
    const payments = [{ on: '2026-12-04', method: 'cheque', cents: content.totals.dueCents }]
    const pdf = plainPdf(content, 'paid', { leftCents: 0, payments, credits: [] })
    expect(words(pdf)).toContain('réglés le 4 décembre 2026 par chèque')
    expect(words(pdf)).toContain('Reste à payer')
    for (const asked of ['Net à payer', 'au plus tard']) expect(words(pdf)).not.toContain(asked)
    expect(words(pdf)).toContain('COPIE')
    expect(words(pdf)).toContain('ACQUITTÉE')
    expect(words(plainPdf(content, 'copy'))).not.toContain('ACQUITTÉE')
    expect(pdf.toString('latin1')).not.toMatch(/EmbeddedFile|\/Sig\b|urn:sha256/)
  })

  test('a copy of what was only credited is no receipt', () => {
    const credits = [{ number: 'AV-2026-000006', cents: content.totals.dueCents }]
    const pdf = words(plainPdf(content, 'credited', { leftCents: 0, payments: [], credits }))
    expect(pdf).toContain('SOLDÉE PAR AVOIR')
    expect(pdf).toContain('déduits par l’avoir AV-2026-000006')
    expect(pdf).not.toContain('ACQUITTÉE')
  })

  test('a draft says that it is none, and no number', () => {
    const text = words(plainPdf({ ...content, number: '' }, 'draft'))
    expect(text).toContain('PROJET')
    expect(text).toContain('sans valeur')
    expect(text).not.toContain('FA-2026')
  })

  test('its logo and colour are the company’s', () => {
    const plain = plainPdf({ ...content, appearance: { ...content.appearance, logo: null } }, 'copy')
    expect(plainPdf(content, 'copy').equals(plain)).toBe(false)
  })
})

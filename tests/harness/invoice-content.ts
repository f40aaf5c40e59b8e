/** What a document says, whole and lawful: a story names what differs. */
import {
  type Buyer,
  type ContentLine,
  type DocumentDiscount,
  exemptionOf,
  type InvoiceContent,
  type LineInput,
  type Mention,
  type Seller,
  sumsOf,
} from '#contract/billing'

export type ContentStory = Partial<
  Pick<
    InvoiceContent,
    | 'typeCode'
    | 'number'
    | 'issuedOn'
    | 'dueOn'
    | 'suppliedOn'
    | 'period'
    | 'frame'
    | 'original'
    | 'orderReference'
    | 'note'
    | 'mentions'
    | 'payment'
  >
> & {
  lines?: readonly Partial<LineInput & Pick<ContentLine, 'description' | 'unit' | 'period'>>[]
  discount?: DocumentDiscount
  /** VATEX code of what bears no VAT. */
  exemption?: string
  seller?: Partial<Seller>
  buyer?: Partial<Buyer>
  prepaidCents?: number
}

const noDiscount = { basisPoints: 0, cents: 0, label: '' }

/** One line "Abonnement à MaGestionPsy", 1 × 24.17 € at 20 %, for a practice, unless told. */
export function contentWith(story: ContentStory = {}): InvoiceContent {
  const {
    lines: told = [{}],
    discount = noDiscount,
    seller,
    buyer,
    prepaidCents = 0,
    exemption,
    ...rest
  } = story
  const inputs = told.map((line) => ({
    description: 'Abonnement à MaGestionPsy',
    unit: 'C62',
    period: null,
    quantity: '1',
    unitPriceCents: 2_417,
    discountBasisPoints: 0,
    discountCents: 0,
    vatCategory: 'S' as const,
    vatBasisPoints: 2_000,
    ...line,
  }))
  const sums = sumsOf(inputs, discount)
  const number = rest.number ?? 'FA-2026-000123'
  const buying = { ...practice, ...buyer }
  return {
    version: 1,
    layout: 'invoice-1',
    language: 'fr',
    typeCode: 380,
    number,
    issuedOn: '2026-11-22',
    dueOn: '2026-12-22',
    suppliedOn: null,
    period: null,
    currency: 'EUR',
    frame: 'S1',
    seller: { ...company, ...seller },
    buyer: buying,
    original: null,
    orderReference: '',
    lines: inputs.map(({ quantity, unitPriceCents, ...line }, index) => ({
      position: index + 1,
      description: line.description,
      quantity,
      unit: line.unit,
      unitPriceCents,
      discountCents: sums.lines[index]?.discountCents ?? 0,
      discountBasisPoints: line.discountBasisPoints > 0 ? line.discountBasisPoints : null,
      exclCents: sums.lines[index]?.exclCents ?? 0,
      vatCategory: line.vatCategory,
      vatBasisPoints: line.vatBasisPoints,
      period: line.period,
    })),
    discounts: sums.discounts,
    vat: sums.vat.map((vat) => ({
      ...vat,
      exemptionCode: vat.category === 'S' || vat.category === 'Z' ? null : (exemption ?? 'VATEX-FR-CGI261-4'),
      exemption:
        vat.category === 'S' || vat.category === 'Z'
          ? null
          : (exemptionOf(exemption ?? 'VATEX-FR-CGI261-4')?.sentence ?? null),
    })),
    totals: {
      linesCents: sums.linesCents,
      discountCents: sums.discountCents,
      exclCents: sums.exclCents,
      vatCents: sums.vatCents,
      inclCents: sums.inclCents,
      prepaidCents,
      dueCents: sums.inclCents - prepaidCents,
    },
    payment: {
      means: 'transfer',
      iban: 'FR7699999000010001234567809',
      bic: 'TESTFRP1XXX',
      reference: number,
      terms: 'Paiement à 30 jours.',
      mandate: null,
    },
    mentions: buying.audience === 'business' ? betweenProfessionals : forPrivatePersons,
    note: '',
    appearance: { accent: '#0f5a5e', logo: null, footer: '' },
    ...rest,
  }
}

export const company: Seller = {
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
  phone: '+33353010000',
  electronicAddress: { scheme: '0225', value: '123456782' },
}

export const practice: Buyer = {
  clientId: '01928c1e-0000-7000-8000-000000000001',
  audience: 'business',
  name: 'Cabinet Roxane Arnaud',
  siren: '987654324',
  siret: null,
  vatNumber: null,
  address: { lines: ['58 rue de la Mer'], postcode: '06000', city: 'Nice', country: 'FR' },
  email: 'roxane.arnaud@example.com',
  electronicAddress: { scheme: '0225', value: '987654324' },
}

export const privatePerson: Buyer = {
  ...practice,
  audience: 'private',
  name: 'Roxane Arnaud',
  siren: null,
  electronicAddress: null,
}

export const betweenProfessionals: Mention[] = [
  {
    code: 'PMT',
    text: 'Indemnité forfaitaire pour frais de recouvrement en cas de retard de paiement : 40 €.',
  },
  {
    code: 'PMD',
    text: 'Pénalités de retard au taux de refinancement de la BCE majoré de 10 points, exigibles dès le lendemain de l’échéance.',
  },
  { code: 'AAB', text: 'Pas d’escompte pour paiement anticipé.' },
  { code: 'BAR', text: 'B2B' },
  { code: 'REG', text: 'MaGestionPsy, SAS au capital de 25 000,00 €' },
  { code: 'ABL', text: 'RCS Nancy 123 456 782' },
]

export const forPrivatePersons: Mention[] = [
  { code: 'AAB', text: 'Pas d’escompte pour paiement anticipé.' },
  { code: 'BAR', text: 'B2C' },
  { code: 'REG', text: 'MaGestionPsy, SAS au capital de 25 000,00 €' },
  { code: 'ABL', text: 'RCS Nancy 123 456 782' },
]

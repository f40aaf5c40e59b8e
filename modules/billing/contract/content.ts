/**
 * What a document says, frozen when it is finalised: screen, PDF and XML are made of it and of nothing else, so they show the
 * same amounts. Kept as canonical JSON (RFC 8785) beside its SHA-256.
 *
 * Amounts are cents of a euro and, on a credit note too, positive as they are printed: only the tables count a credit note
 * below zero.
 */

/** UNTDID 1001: invoice, credit note, corrective invoice, deposit invoice. */
export type TypeCode = 380 | 381 | 384 | 386
export type Audience = 'business' | 'private'
/** UNTDID 5305: standard, exempt, reverse charge, intra-community, export, outside the scope, zero. */
export type VatCategory = 'S' | 'E' | 'AE' | 'K' | 'G' | 'O' | 'Z'
export type PaymentMeans = 'transfer' | 'direct_debit' | 'card' | 'cheque'

export type PostalAddress = {
  lines: string[]
  postcode: string
  city: string
  /** ISO 3166-1 alpha-2. */ country: string
}
export type ElectronicAddress = {
  /** EAS: 0225 for a French one, that begins with the SIREN. */ scheme: string
  value: string
}

export type Seller = {
  name: string
  /** « SAS », « SARL », … empty for a sole trader. */
  legalForm: string
  /** Sole trader: « EI » is printed after the name. */
  soleTrader: boolean
  capitalCents: number | null
  siren: string
  siret: string | null
  /** « RCS Nancy 123 456 789 » needs its city. */
  rcsCity: string | null
  vatNumber: string | null
  address: PostalAddress
  email: string
  phone: string | null
  electronicAddress: ElectronicAddress
}

export type Buyer = {
  clientId: string
  audience: Audience
  name: string
  siren: string | null
  siret: string | null
  vatNumber: string | null
  address: PostalAddress
  email: string | null
  electronicAddress: ElectronicAddress | null
}

export type ContentLine = {
  /** From 1, without a gap. */
  position: number
  description: string
  /** Decimal, three places at most, as text: '1', '2.5'. */
  quantity: string
  /** UN/ECE Recommendation 20. */
  unit: string
  unitPriceCents: number
  /** Off this line, as an amount; with the percentage it came from where it did. */
  discountCents: number
  discountBasisPoints: number | null
  /** Quantity times unit price, less the discount. */
  exclCents: number
  vatCategory: VatCategory
  vatBasisPoints: number
  /** Days, both inclusive. */
  period: { from: string; until: string } | null
}

/** A discount on the whole document, one a VAT rate (BG-20). */
export type ContentDiscount = {
  label: string
  vatCategory: VatCategory
  vatBasisPoints: number
  cents: number
}

/** One a category and rate (BG-23); VAT on the sum of its lines less its discounts (BR-CO-17). */
export type ContentVat = {
  category: VatCategory
  basisPoints: number
  baseCents: number
  vatCents: number
  /** VATEX code and its sentence, for what bears no VAT. */
  exemptionCode: string | null
  exemption: string | null
}

/** UNTDID 4451: PMT the 40 €, PMD penalties, AAB discount terms, REG legal mention, ABL, TXD (debits), CUS …; BAR who is billed. */
export type Mention = { code: string; text: string }

export type InvoiceContent = {
  version: 1
  layout: 'invoice-1'
  language: 'fr' | 'en'
  typeCode: TypeCode
  number: string
  issuedOn: string
  dueOn: string
  /** Where it is one day, and another than that of issue. */
  suppliedOn: string | null
  period: { from: string; until: string } | null
  currency: 'EUR'
  /** BT-23: S services, B goods, M mixed; 1 to be paid, 2 paid already, 4 final after a deposit. */
  frame: string
  seller: Seller
  buyer: Buyer
  /** What is corrected, credited, or the deposit taken into account. */
  original: { number: string; issuedOn: string } | null
  orderReference: string
  lines: ContentLine[]
  discounts: ContentDiscount[]
  vat: ContentVat[]
  totals: {
    /** Lines before the discount of the document. */
    linesCents: number
    discountCents: number
    exclCents: number
    vatCents: number
    inclCents: number
    /** Paid before it was issued. */
    prepaidCents: number
    dueCents: number
  }
  payment: {
    means: PaymentMeans
    iban: string | null
    bic: string | null
    /** What the payer is asked to write: the number. */
    reference: string
    /** « Paiement à 30 jours… » as printed. */
    terms: string
    mandate: { reference: string; creditorId: string; ibanEnding: string } | null
  }
  mentions: Mention[]
  note: string
  appearance: {
    /** #rrggbb */ accent: string
    /** SVG or PNG, base64; null: none. */ logo: {
      mediaType: 'image/svg+xml' | 'image/png'
      base64: string
    } | null
    footer: string
  }
}

/** Who sells and who buys (BG-4, BG-7). The order of the elements is the schema's. */
import type { Buyer, PostalAddress, Seller } from '#contract/billing'
import { type Xml, element } from './writing.ts'

export function sellerParty(seller: Seller): Xml | null {
  return element('ram:SellerTradeParty', [
    siret(seller.siret),
    element('ram:Name', sellerName(seller)),
    legalOrganization(seller.siren),
    element('ram:DefinedTradeContact', [
      element('ram:DepartmentName', seller.email === '' && seller.phone === null ? null : sellerName(seller)),
      element('ram:TelephoneUniversalCommunication', element('ram:CompleteNumber', seller.phone)),
      element('ram:EmailURIUniversalCommunication', element('ram:URIID', seller.email)),
    ]),
    postalAddress(seller.address),
    electronicAddress(seller.electronicAddress),
    // Who has no VAT number repeats the SIREN as tax number (BT-32), or no exemption could be told (BR-E-02).
    seller.vatNumber === null ? registration('FC', seller.siren) : registration('VA', seller.vatNumber),
  ])
}

export function buyerParty(buyer: Buyer): Xml | null {
  return element('ram:BuyerTradeParty', [
    siret(buyer.siret),
    element('ram:Name', buyer.name),
    legalOrganization(buyer.siren),
    postalAddress(buyer.address),
    electronicAddress(buyer.electronicAddress),
    buyer.vatNumber === null ? null : registration('VA', buyer.vatNumber),
  ])
}

/** C. com. art. R526-27: a sole trader's name bears « EI ». */
export const sellerName = ({ name, soleTrader }: Pick<Seller, 'name' | 'soleTrader'>) =>
  soleTrader && !/\bEI\b/.test(name) ? `${name} EI` : name

/** 0009 is the SIRET, 0002 the SIREN in ISO 6523. */
const siret = (number: string | null) => element('ram:GlobalID', number, { schemeID: '0009' })
const legalOrganization = (siren: string | null) =>
  element('ram:SpecifiedLegalOrganization', element('ram:ID', siren, { schemeID: '0002' }))

function postalAddress({ lines, postcode, city, country }: PostalAddress): Xml | null {
  const [one = null, two = null, ...more] = lines.filter((line) => line.trim() !== '')
  return element('ram:PostalTradeAddress', [
    element('ram:PostcodeCode', postcode),
    element('ram:LineOne', one),
    element('ram:LineTwo', two),
    element('ram:LineThree', more.join(', ')),
    element('ram:CityName', city),
    element('ram:CountryID', country),
  ])
}

const electronicAddress = (address: Buyer['electronicAddress']) =>
  address === null
    ? null
    : element(
        'ram:URIUniversalCommunication',
        element('ram:URIID', address.value, { schemeID: address.scheme }),
      )

const registration = (scheme: 'VA' | 'FC', number: string) =>
  element('ram:SpecifiedTaxRegistration', element('ram:ID', number, { schemeID: scheme }))

/** A status of an invoice as the platforms write it: CDAR D22B, profile CDV of XP Z12-012. */
import { amount, day, element, percentage } from '../xml/writing.ts'

export type StatusMessage = {
  /** Names the message wherever it is told again. */
  id: string
  code: number
  at: Date
  invoice: { number: string; typeCode: number; issuedOn: string }
  seller: { siren: string; address: string }
  /** Who hears of what the seller tells, and tells what the buyer says. */
  buyer?: { siren: string; name: string; address: string } | undefined
  reason?: { code: string; text: string } | null
  /** Of 212: what was collected, with the VAT, a rate each. */
  rates?: readonly { basisPoints: number; amountCents: number }[]
}

const standard = 'urn:un:unece:uncefact:data:standard'
const namespaces = {
  'xmlns:rsm': `${standard}:CrossDomainAcknowledgementAndResponse:100`,
  'xmlns:qdt': `${standard}:QualifiedDataType:100`,
  'xmlns:ram': `${standard}:ReusableAggregateBusinessInformationEntity:100`,
  'xmlns:udt': `${standard}:UnqualifiedDataType:100`,
}

/** Said on the way by the platforms themselves; everything else is said by seller or buyer. */
const onTheWay = [200, 201, 202, 203, 213, 501]

export function statusMessage(message: StatusMessage): string {
  const { id, code, at, invoice, seller, buyer, reason = null, rates = [] } = message
  const byPlatform = onTheWay.includes(code)
  const bySeller = code === 212
  const sellerParty = [
    element('ram:GlobalID', seller.siren, { schemeID: '0002' }),
    element('ram:RoleCode', 'SE'),
    address(seller.address),
  ]
  const buyerParty = buyer && [
    element('ram:GlobalID', buyer.siren, { schemeID: '0002' }),
    element('ram:Name', buyer.name),
    element('ram:RoleCode', 'BY'),
    address(buyer.address),
  ]
  const issuer = byPlatform
    ? [element('ram:RoleCode', 'WK')]
    : ((bySeller ? sellerParty : buyerParty) ?? sellerParty)
  const recipient = bySeller ? (buyerParty ?? sellerParty) : sellerParty
  const cdar = element(
    'rsm:CrossDomainAcknowledgementAndResponse',
    [
      element('rsm:ExchangedDocumentContext', [
        element('ram:BusinessProcessSpecifiedDocumentContextParameter', element('ram:ID', 'REGULATED')),
        element(
          'ram:GuidelineSpecifiedDocumentContextParameter',
          element('ram:ID', 'urn.cpro.gouv.fr:1p0:CDV:invoice'),
        ),
      ]),
      element('rsm:ExchangedDocument', [
        element('ram:ID', id),
        instant('ram:IssueDateTime', at),
        element('ram:SenderTradeParty', element('ram:RoleCode', 'WK')),
        element('ram:IssuerTradeParty', issuer),
        element('ram:RecipientTradeParty', recipient),
        // What is collected concerns the tax office too.
        bySeller
          ? element('ram:RecipientTradeParty', [
              element('ram:GlobalID', '9998', { schemeID: '0238' }),
              element('ram:Name', 'PPF'),
              element('ram:RoleCode', 'DFH'),
            ])
          : null,
      ]),
      element('rsm:AcknowledgementDocument', [
        element('ram:MultipleReferencesIndicator', element('udt:Indicator', 'false')),
        element('ram:TypeCode', byPlatform ? '305' : '23'),
        instant('ram:IssueDateTime', at),
        element('ram:ReferenceReferencedDocument', [
          element('ram:IssuerAssignedID', invoice.number),
          element('ram:TypeCode', String(invoice.typeCode)),
          day('ram:FormattedIssueDateTime', invoice.issuedOn, 'qdt'),
          element('ram:ProcessConditionCode', String(code)),
          element('ram:IssuerTradeParty', element('ram:GlobalID', seller.siren, { schemeID: '0002' })),
          reason === null && rates.length === 0
            ? null
            : element('ram:SpecifiedDocumentStatus', [
                element('ram:ReasonCode', reason?.code ?? null),
                element('ram:Reason', reason?.text ?? null),
                element('ram:SequenceNumeric', '1'),
                rates.map((rate) =>
                  element('ram:SpecifiedDocumentCharacteristic', [
                    element('ram:TypeCode', 'MEN'),
                    element('ram:ValueAmount', amount(rate.amountCents), { currencyID: 'EUR' }),
                    element('ram:ValuePercent', percentage(rate.basisPoints)),
                  ]),
                ),
              ]),
        ]),
      ]),
    ],
    namespaces,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n${cdar?.xml ?? ''}\n`
}

const address = (value: string) =>
  element('ram:URIUniversalCommunication', element('ram:URIID', value, { schemeID: '0225' }))

/** Format 204 of UNTDID 2379: `20261122233000`, here in UTC. */
const instant = (name: string, at: Date) =>
  element(
    name,
    element('udt:DateTimeString', at.toISOString().slice(0, 19).replaceAll(/[-:T]/g, ''), { format: '204' }),
  )

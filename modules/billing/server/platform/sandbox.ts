/** A platform on one's own machine: it looks an invoice over as one does, says « déposée » or « rejetée », and forgets it. */
import { nodeAt, parsed, textAt } from '../bank/reading/iso20022.ts'
import type { ApprovedPlatform } from './approved-platform.ts'
import { statusMessage } from './life-cycle.ts'

/** An address in no directory, to see what being rejected is like. */
export const unknownSiren = '000000000'

export const sandbox: ApprovedPlatform = {
  name: 'sandbox',
  isSandbox: true,
  deposit: ({ key, number, xml, at }) => {
    const invoice = nodeAt(parsed(xml), 'CrossIndustryInvoice')
    const header = nodeAt(invoice, 'ExchangedDocument')
    const agreement = nodeAt(invoice, 'SupplyChainTradeTransaction', 'ApplicableHeaderTradeAgreement')
    const siren = textAt(agreement, 'SellerTradeParty', 'SpecifiedLegalOrganization', 'ID')
    const buyer = textAt(agreement, 'BuyerTradeParty', 'URIUniversalCommunication', 'URIID')
    const message = {
      at,
      invoice: {
        number,
        typeCode: Number(textAt(header, 'TypeCode')),
        issuedOn: dayFrom(textAt(header, 'IssueDateTime', 'DateTimeString')),
      },
      seller: { siren, address: siren },
    }
    const rejected = buyer.startsWith(unknownSiren)
    return Promise.resolve({
      platformId: `sandbox-${key}`,
      messages: [
        statusMessage({
          ...message,
          id: `sandbox-${key}-${rejected ? 213 : 200}`,
          code: rejected ? 213 : 200,
          reason: rejected ? { code: 'DEST_INC', text: 'Destinataire absent de l’annuaire' } : null,
        }),
      ],
    })
  },
  tell: () => Promise.resolve(),
  report: ({ key }) => Promise.resolve({ platformId: `sandbox-${key}` }),
  news: () => Promise.resolve([]),
}

const dayFrom = (written: string) => written.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')

/** What a CDAR message says. It comes from outside: strictly read, and nothing in it is believed but what is looked up. */
import { nodeAt, parsed, textAt, type Node } from '../bank/reading/iso20022.ts'
import { NoStatement } from '../bank/reading/statement.ts'

export type StatusRead = {
  messageId: string
  code: number
  number: string
  issuedOn: string
  sellerSiren: string
  reasonCode: string | null
  reason: string
  rates: { basisPoints: number; amountCents: number }[]
}

const bytesAtMost = 512 * 1024

/** @returns undefined where it is no such message, or leaves out what it must say */
export function readStatus(xml: string): StatusRead | undefined {
  if (xml.length > bytesAtMost) return undefined
  let message: Node
  try {
    message = nodeAt(parsed(xml), 'CrossDomainAcknowledgementAndResponse')
  } catch (error) {
    if (error instanceof NoStatement) return undefined
    throw error
  }
  const messageId = textAt(message, 'ExchangedDocument', 'ID')
  const about = nodeAt(message, 'AcknowledgementDocument', 'ReferenceReferencedDocument')
  const code = Number(textAt(about, 'ProcessConditionCode'))
  const number = textAt(about, 'IssuerAssignedID')
  const statuses = many(about, 'SpecifiedDocumentStatus')
  if (messageId === '' || messageId.length > 200 || number === '' || !/^\d{3}$/.test(String(code)))
    return undefined
  return {
    messageId,
    code,
    number,
    issuedOn: textAt(about, 'FormattedIssueDateTime', 'DateTimeString').replace(
      /^(\d{4})(\d\d)(\d\d)$/,
      '$1-$2-$3',
    ),
    sellerSiren: textAt(about, 'IssuerTradeParty', 'GlobalID'),
    reasonCode:
      statuses
        .map((status) => textAt(status, 'ReasonCode'))
        .find((reason) => reason !== '')
        ?.slice(0, 40) ?? null,
    reason: statuses
      .map((status) => textAt(status, 'Reason'))
      .filter((reason) => reason !== '')
      .join(' · ')
      .slice(0, 500),
    rates: statuses.flatMap((status) =>
      many(status, 'SpecifiedDocumentCharacteristic')
        .filter((one) => textAt(one, 'TypeCode') === 'MEN')
        .map((one) => ({
          basisPoints: hundredths(textAt(one, 'ValuePercent')),
          amountCents: hundredths(textAt(one, 'ValueAmount')),
        })),
    ),
  }
}

/** An element that may stand once or more. */
function many(node: Node, name: string): Node[] {
  const value = node[name]
  const all = Array.isArray(value) ? value : [value]
  return all.filter((one): one is Node => typeof one === 'object' && one !== null)
}

const hundredths = (written: string) => {
  const value = Math.round(Number(written) * 100)
  return Number.isSafeInteger(value) ? value : 0
}

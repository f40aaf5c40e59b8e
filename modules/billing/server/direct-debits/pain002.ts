/** What a bank says of the collections it sent back (pain.002): end-to-end ids and why. */
import { listAt, nodeAt, parsed, textAt } from '../bank/reading/iso20022.ts'
import { decoded } from '../bank/reading/decoding.ts'
import { NoStatement } from '../bank/reading/statement.ts'

export type ToldReturn = { endToEndId: string; code: string; on: string | null }

/** @throws NoStatement */
export function readReturns(bytes: Uint8Array): ToldReturn[] {
  const document = parsed(decoded(bytes).text)
  const report = nodeAt(document, 'Document', 'CstmrPmtStsRpt')
  if (Object.keys(report).length === 0) throw new NoStatement('unreadable')
  const on = textAt(report, 'GrpHdr', 'CreDtTm').slice(0, 10)
  return listAt(report, 'OrgnlPmtInfAndSts').flatMap((block) =>
    listAt(block, 'TxInfAndSts')
      .filter((one) => textAt(one, 'TxSts') === 'RJCT')
      .map((one) => ({
        endToEndId: textAt(one, 'OrgnlEndToEndId'),
        code:
          textAt(listAt(one, 'StsRsnInf')[0], 'Rsn', 'Cd') ||
          textAt(listAt(block, 'StsRsnInf')[0], 'Rsn', 'Cd') ||
          'MS03',
        on: /^\d{4}-\d\d-\d\d$/.test(on) ? on : null,
      })),
  )
}

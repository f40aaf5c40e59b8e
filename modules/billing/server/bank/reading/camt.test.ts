import { describe, expect, test } from 'vitest'
import { understandApart } from './apart.ts'
import { readCamt } from './camt.ts'
import { NoStatement } from './statement.ts'

const statement = (entries: string, namespace = 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.02') =>
  `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="${namespace}"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr>
<Stmt><Id>1</Id><Acct><Id><IBAN>FR7699999000010001234567809</IBAN></Id></Acct>${entries}</Stmt></BkToCstmrStmt></Document>`

const entry = (over: {
  amount?: string
  direction?: string
  status?: string
  details?: string
  ref?: string
}) =>
  `<Ntry><Amt Ccy="EUR">${over.amount ?? '29.00'}</Amt><CdtDbtInd>${over.direction ?? 'CRDT'}</CdtDbtInd>
<Sts>${over.status ?? 'BOOK'}</Sts><BookgDt><Dt>2026-11-12</Dt></BookgDt><AcctSvcrRef>${over.ref ?? 'B1'}</AcctSvcrRef>
${over.details ?? ''}<AddtlNtryInf>VIR SEPA RECU</AddtlNtryInf></Ntry>`

const transfer = `<NtryDtls><TxDtls><Refs><EndToEndId>FA-2026-000123</EndToEndId></Refs>
<RltdPties><Dbtr><Nm>Odile &amp; Ana&#239;s FERRAND</Nm></Dbtr><DbtrAcct><Id><IBAN>FR7610107001011234567890129</IBAN></Id></DbtrAcct></RltdPties>
<RmtInf><Ustrd>Facture FA-2026-000123</Ustrd><Ustrd>merci</Ustrd></RmtInf></TxDtls></NtryDtls>`

describe('a statement in ISO 20022', () => {
  test('tells who paid, what for and from where', () => {
    expect(readCamt(statement(entry({ details: transfer }))).lines).toEqual([
      {
        account: 'FR7699999000010001234567809',
        bookedOn: '2026-11-12',
        amountCents: 2_900,
        label: 'Facture FA-2026-000123 merci',
        reference: 'FA-2026-000123',
        counterparty: 'Odile & Anaïs FERRAND',
        counterpartyEnding: '0129',
        bankName: 'FR7699999000010001234567809:B1',
        returnCode: null,
      },
    ])
  })

  test('of the latest version, with prefixes and parties one level deeper, says the same', () => {
    const later = statement(entry({ details: transfer }), 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.08')
      .replace('<Sts>BOOK</Sts>', '<Sts><Cd>BOOK</Cd></Sts>')
      .replace(/<Dbtr>(.*?)<\/Dbtr>/, '<Dbtr><Pty>$1</Pty></Dbtr>')
    const prefixed = later.replaceAll(/<(\/?)([A-Z])/g, '<$1d:$2').replace('xmlns=', 'xmlns:d=')
    expect(readCamt(later)).toEqual(readCamt(statement(entry({ details: transfer }))))
    expect(readCamt(prefixed)).toEqual(readCamt(later))
  })

  test('counts what is booked, out as well as in, and not what is pending', () => {
    const { lines } = readCamt(
      statement(
        entry({ ref: 'B1' }) +
          entry({ ref: 'B2', direction: 'DBIT', amount: '2.5' }) +
          entry({ ref: 'B3', status: 'PDNG' }),
      ),
    )
    expect(lines.map((line) => line.amountCents)).toEqual([2_900, -250])
  })

  test('takes a batch apart only where its parts add up', () => {
    const part = (amount: string) =>
      `<TxDtls><Refs><EndToEndId>E${amount}</EndToEndId></Refs><AmtDtls><TxAmt><Amt Ccy="EUR">${amount}</Amt></TxAmt></AmtDtls></TxDtls>`
    const batch = (amounts: readonly string[]) =>
      readCamt(
        statement(entry({ amount: '30.00', details: `<NtryDtls>${amounts.map(part).join('')}</NtryDtls>` })),
      ).lines
    expect(batch(['10.00', '20.00']).map((line) => [line.amountCents, line.reference])).toEqual([
      [1_000, 'E10.00'],
      [2_000, 'E20.00'],
    ])
    expect(batch(['10.00', '10.00']).map((line) => line.amountCents)).toEqual([3_000])
  })

  test('tells why a direct debit came back', () => {
    const details = `<NtryDtls><TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs><RtrInf><Rsn><Cd>AM04</Cd></Rsn></RtrInf></TxDtls></NtryDtls>`
    expect(readCamt(statement(entry({ direction: 'DBIT', details }))).lines).toMatchObject([
      { amountCents: -2_900, reference: 'E1', returnCode: 'AM04' },
    ])
  })
})

describe('what is refused before anything is made of it', () => {
  test.each([
    ['another currency', statement(entry({}).replace('Ccy="EUR"', 'Ccy="USD"'))],
    ['thousandths of a euro', statement(entry({ amount: '29.001' }))],
    ['no amount', statement(entry({ amount: 'NaN' }))],
    ['another message', '<Document><CstmrDrctDbtInitn/></Document>'],
    ['tags that cross', '<Document><a><b></a></b></Document>'],
    ['a document type', statement(entry({})).replace('<Document', '<!DOCTYPE d [<!ENTITY x "y">]><Document')],
    [
      'a thousand tags within each other',
      `<Document>${'<a>'.repeat(1_000)}${'</a>'.repeat(1_000)}</Document>`,
    ],
  ])('%s', (_, file) => {
    expect(() => readCamt(file)).toThrow(NoStatement)
  })
})

test('a thread of its own reads the same, and tells what it cannot', async () => {
  const file = new TextEncoder().encode(statement(entry({ details: transfer })))
  expect(await understandApart(file)).toMatchObject({
    ...readCamt(statement(entry({ details: transfer }))),
    accounts: ['FR7699999000010001234567809'],
  })
  await expect(understandApart(new TextEncoder().encode('<Document/>'))).rejects.toThrow(NoStatement)
})

/**
 * The file by which a bank collects SEPA direct debits: pain.008 of 2009 (.02) or 2019 (.08), as the SDD Core implementation
 * guidelines (EPC130-08) restrict it. One block a sequence, since the first collection of a mandate goes apart from later ones.
 */
export type PainVersion = 'pain.008.001.02' | 'pain.008.001.08'
export type Collected = {
  endToEndId: string
  sequence: 'FRST' | 'RCUR'
  amountCents: number
  mandate: { reference: string; signedOn: string; holder: string; iban: string; bic: string | null }
  /** What the debtor reads on the statement. */
  reason: string
}
export type Order = {
  version: PainVersion
  messageId: string
  createdAt: Date
  collectOn: string
  creditor: { name: string; iban: string; bic: string; id: string }
  collections: readonly Collected[]
}

/** @returns the document; amounts add up in each block and in the whole, as banks check */
export function painOf(order: Order): string {
  const blocks = (['FRST', 'RCUR'] as const)
    .map((sequence) => ({
      sequence,
      collections: order.collections.filter((one) => one.sequence === sequence),
    }))
    .filter(({ collections }) => collections.length > 0)
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${order.version}"><CstmrDrctDbtInitn>
<GrpHdr>${tag('MsgId', order.messageId)}${tag('CreDtTm', order.createdAt.toISOString().slice(0, 19))}${sums(order.collections)}<InitgPty>${tag('Nm', words(order.creditor.name, 70))}</InitgPty></GrpHdr>
${blocks.map((block) => blockOf(order, block)).join('\n')}
</CstmrDrctDbtInitn></Document>
`
}

/** What a block is called: the bank's statement names it when it books the block as one credit. */
export const blockId = (messageId: string, sequence: string): string => `${messageId}-${sequence}`

function blockOf(
  { version, messageId, collectOn, creditor }: Order,
  { sequence, collections }: { sequence: 'FRST' | 'RCUR'; collections: readonly Collected[] },
): string {
  const bicTag = version === 'pain.008.001.02' ? 'BIC' : 'BICFI'
  const agent = (bic: string | null) =>
    `<FinInstnId>${bic ? tag(bicTag, bic) : `<Othr>${tag('Id', 'NOTPROVIDED')}</Othr>`}</FinInstnId>`
  const account = (iban: string) => `<Id>${tag('IBAN', iban)}</Id>`
  return `<PmtInf>${tag('PmtInfId', blockId(messageId, sequence))}${tag('PmtMtd', 'DD')}${tag('BtchBookg', 'true')}${sums(collections)}
<PmtTpInf><SvcLvl>${tag('Cd', 'SEPA')}</SvcLvl><LclInstrm>${tag('Cd', 'CORE')}</LclInstrm>${tag('SeqTp', sequence)}</PmtTpInf>${tag('ReqdColltnDt', collectOn)}
<Cdtr>${tag('Nm', words(creditor.name, 70))}</Cdtr><CdtrAcct>${account(creditor.iban)}</CdtrAcct><CdtrAgt>${agent(creditor.bic)}</CdtrAgt>${tag('ChrgBr', 'SLEV')}
<CdtrSchmeId><Id><PrvtId><Othr>${tag('Id', creditor.id)}<SchmeNm>${tag('Prtry', 'SEPA')}</SchmeNm></Othr></PrvtId></Id></CdtrSchmeId>
${collections
  .map(
    ({ endToEndId, amountCents, mandate, reason }) =>
      `<DrctDbtTxInf><PmtId>${tag('EndToEndId', endToEndId)}</PmtId><InstdAmt Ccy="EUR">${euros(amountCents)}</InstdAmt><DrctDbtTx><MndtRltdInf>${tag('MndtId', mandate.reference)}${tag('DtOfSgntr', mandate.signedOn)}</MndtRltdInf></DrctDbtTx><DbtrAgt>${agent(mandate.bic)}</DbtrAgt><Dbtr>${tag('Nm', words(mandate.holder, 70))}</Dbtr><DbtrAcct>${account(mandate.iban)}</DbtrAcct><RmtInf>${tag('Ustrd', words(reason, 140))}</RmtInf></DrctDbtTxInf>`,
  )
  .join('\n')}
</PmtInf>`
}

const sums = (collections: readonly Collected[]) =>
  tag('NbOfTxs', String(collections.length)) +
  tag('CtrlSum', euros(collections.reduce((sum, { amountCents }) => sum + amountCents, 0)))

const euros = (cents: number) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
const tag = (name: string, text: string) =>
  `<${name}>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</${name}>`

/**
 * Every bank of the area understands these signs and no other (EPC217-08): accents are left out, ligatures written apart,
 * anything else becomes a blank.
 */
export function words(text: string, max: number): string {
  const written = text
    .replaceAll('œ', 'oe')
    .replaceAll('Œ', 'OE')
    .replaceAll('æ', 'ae')
    .replaceAll('Æ', 'AE')
    .replaceAll('ß', 'ss')
    .replaceAll('&', '+')
    .replaceAll(/[’‘]/g, "'")
    .replaceAll(/[–—]/g, '-')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9/?:().,'+ -]+/g, ' ')
    .replaceAll(/ +/g, ' ')
    .trim()
    .slice(0, max)
    .trim()
  // A name in another script leaves nothing, and the element may not be empty.
  return written === '' ? 'NOTPROVIDED' : written
}

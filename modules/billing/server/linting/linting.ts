/** Says what the law or the exchange formats find wrong in a document before it is numbered. At run time this alone decides. */
import type { Finding, InvoiceContent } from '#contract/billing'

/** What a document cannot tell of itself. Amounts positive, as in the content. */
export type About = {
  /** In Paris. */
  today: string
  /** Of its series; null: it is the first. */
  lastIssuedOn: string | null
  /** The last day of the last month that is closed for accounting. */
  closedUntil: string | null
  vatRegime: 'normal' | 'franchise' | 'exempt_care'
  onDebits: boolean
  /** What it cites; of a credit note what others credited of it already. */
  original: { number: string; issuedOn: string; inclCents: number; creditedCents: number } | null
}

/** @param content as it would be frozen; its number may still be empty */
export function findingsOf(content: InvoiceContent, _about: About): Finding[] {
  return content.lines.length > 0
    ? []
    : [
        {
          rule: 'no_lines',
          severity: 'error',
          field: 'lines',
          reference: 'CGI ann. II art. 242 nonies A, I-8° · BR-16',
          values: {},
        },
      ]
}

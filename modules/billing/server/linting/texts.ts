/** Whatever people wrote on a page: that it can be printed, and that it names no account but ours. */
import type { InvoiceContent, QuoteContent } from '#contract/billing'
import { fontsFor } from '#platform/server/typeset/fonts.ts'
import { foreignAccountIn } from '../settings/foreign-accounts.ts'
import { error, type Findings } from './finding.ts'

type Written = Pick<
  InvoiceContent | QuoteContent,
  'seller' | 'buyer' | 'orderReference' | 'lines' | 'discounts' | 'note' | 'appearance'
> & { mentions?: InvoiceContent['mentions']; payment?: InvoiceContent['payment'] }

/** Field by field, as the form names them. */
function* textsOf(content: Written): Iterable<[field: string, text: string]> {
  const { seller, buyer, lines, discounts, mentions = [], appearance } = content
  yield ['client.legalName', buyer.name]
  yield ['client.address', told(buyer.address)]
  yield ['client.email', buyer.email ?? '']
  for (const [index, { description }] of lines.entries()) yield [`lines.${index}.description`, description]
  for (const { label } of discounts) yield ['discount', label]
  yield ['orderReference', content.orderReference]
  yield ['note', content.note]
  for (const { text } of mentions) yield ['settings.terms', text]
  yield ['settings.terms', content.payment?.terms ?? '']
  yield ['settings.appearance', appearance.footer]
  yield [
    'settings.identity',
    [seller.name, seller.legalForm, seller.rcsCity, told(seller.address), seller.email, seller.phone].join(
      '\n',
    ),
  ]
}

const told = ({ lines, postcode, city }: InvoiceContent['seller']['address']) =>
  [...lines, postcode, city].join('\n')

export function* textFindings(content: InvoiceContent): Findings {
  yield* unprintable(content)
  for (const { field, account } of foreignAccounts(content, [content.payment.iban]))
    yield error('foreign_account', field, 'CMF art. L133-21 · BT-84', { account })
}

/** @param own accounts that may be told of */
export function* foreignAccounts(
  content: Written,
  own: readonly (string | null)[],
): Iterable<{ field: string; account: string }> {
  let found = false
  for (const [field, text] of textsOf(content)) {
    const account = foreignAccountIn(text, own)
    if (account === undefined) continue
    found = true
    yield { field, account }
  }
  if (found) return
  // One that begins on a line and ends on the next.
  const account = foreignAccountIn(content.lines.map(({ description }) => description).join('\n'), own)
  if (account !== undefined) yield { field: 'lines', account }
}

/** An invoice is to be legible (CGI art. 289, V): what no font of ours has would be an empty box. */
function* unprintable(content: Written): Findings {
  const texts = [...textsOf(content)]
  if (fontsFor(texts.map(([, text]) => text).join('')).missing.length === 0) return
  for (const [field, text] of texts) {
    const { missing } = fontsFor(text)
    if (missing.length > 0)
      yield error('unprintable', field, 'CGI art. 289, V', { characters: missing.join(' ') })
  }
}

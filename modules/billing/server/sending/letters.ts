/** The words a document goes with unless whoever sends it changes them, in the language it is written in. */
import type { InvoiceContent, InvoiceState, QuoteContent } from '#contract/billing'
import type { Sentences } from '#platform/server/sentences.ts'
import { dayIn, sayingIn } from '../issuing/mentions.ts'

export type Letter = { subject: string; body: string; file: string }

type Frozen = Pick<InvoiceContent, 'language' | 'number' | 'issuedOn' | 'seller' | 'buyer'> & {
  totals: { inclCents: number }
}

export function invoiceLetter(
  sentences: Pick<Sentences, 'say'>,
  content: InvoiceContent,
  { state }: { state: InvoiceState },
): Letter {
  if (content.typeCode === 381) return letterOf(sentences, content, 'credit_note', 'credit_note', null)
  const body = state === 'paid' || state === 'credited' ? state : 'invoice'
  return letterOf(sentences, content, 'invoice', body, content.dueOn)
}

export const quoteLetter = (sentences: Pick<Sentences, 'say'>, content: QuoteContent): Letter =>
  letterOf(sentences, content, 'quote', 'quote', content.validUntil)

function letterOf(
  sentences: Pick<Sentences, 'say'>,
  { language, number, issuedOn, seller, buyer, totals }: Frozen,
  subject: string,
  body: string,
  due: string | null,
): Letter {
  const say = sayingIn(sentences, language)
  const euros = new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    style: 'currency',
    currency: 'EUR',
  })
  const values = {
    number,
    name: buyer.name,
    seller: seller.name,
    day: dayIn(language, issuedOn),
    due: due === null ? '' : dayIn(language, due),
    amount: euros.format(totals.inclCents / 100),
  }
  return {
    subject: say(`billing.letter.${subject}.subject`, values),
    body: say(`billing.letter.${body}.body`, values),
    file: `${number}.pdf`,
  }
}

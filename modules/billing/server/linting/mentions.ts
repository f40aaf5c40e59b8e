/** What is printed because the law wants it said, and what must not be said to a private person. */
import type { InvoiceContent } from '#contract/billing'
import type { About } from './about.ts'
import { error, type Findings } from './finding.ts'

export function* mentionFindings(content: InvoiceContent, about: About): Findings {
  const said = (wanted: string) =>
    content.mentions.filter(({ code, text }) => code === wanted && text.trim() !== '')
  if (content.buyer.audience === 'business') {
    const terms = 'settings.terms'
    if (said('PMT').length === 0)
      yield error('indemnity_missing', terms, 'C. com. art. L441-9, I, D441-5 · BR-FR-05')
    // BR-FR-05 is content with the code; the law wants the amount (a reference to the Code is not enough).
    else if (!said('PMT').every(({ text }) => /\b40\b/.test(text)))
      yield error('indemnity_wrong', terms, 'C. com. art. L441-9, I, D441-5')
    if (said('PMD').length === 0)
      yield error('penalties_missing', terms, 'C. com. art. L441-9, I, L441-10, II · BR-FR-05')
    if (said('AAB').length === 0)
      yield error('discount_terms_missing', terms, 'C. com. art. L441-9, I · BR-FR-05')
  } else if (said('PMT').length > 0) {
    yield error('indemnity_to_private', 'client.audience', 'C. com. art. L441-10, II')
  }
  for (const code of ['PMT', 'PMD', 'AAB', 'TXD', 'BAR'])
    if (said(code).length > 1)
      yield error('mention_twice', 'settings.terms', 'XP Z12-012 · BR-FR-06', { code })
  const bearsVat = content.vat.some(({ category }) => category === 'S')
  if (about.onDebits && bearsVat && said('TXD').length === 0)
    yield error('debits_missing', 'settings.vat.onDebits', 'CGI art. 269, 2-c, décret n° 2022-1299')
  const treatment = content.buyer.audience === 'business' ? /^B2B(INT)?$/ : /^B2C(INT)?$/
  if (!said('BAR').every(({ text }) => treatment.test(text)))
    yield error('treatment_wrong', 'client.audience', 'XP Z12-012 · BR-FR-20')
}

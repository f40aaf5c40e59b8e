import type { Finding } from '#contract/billing'

export type Findings = Iterable<Finding>
type Values = Finding['values']

/** What keeps a document from being numbered. */
export const error = (rule: string, field: string, reference: string, values: Values = {}): Finding => ({
  rule,
  severity: 'error',
  field,
  reference,
  values,
})

/** What is worth a look, and may be meant. */
export const warning = (rule: string, field: string, reference: string, values: Values = {}): Finding => ({
  ...error(rule, field, reference, values),
  severity: 'warning',
})

/** CGI ann. II art. 242 nonies A, I: what an invoice says. */
export const mentionsOfInvoices = (number: string) => `CGI ann. II art. 242 nonies A, I-${number}`

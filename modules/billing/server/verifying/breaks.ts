/** What does not agree, in one shape: which table, which row, what was expected and what stands there. */
export type Break = {
  what:
    | 'content'
    | 'xml'
    | 'chain'
    | 'gap'
    | 'day'
    | 'row'
    | 'line'
    | 'event'
    | 'pdf'
    | 'series'
    | 'unfrozen'
    | 'log'
    | 'journal'
    | 'closing'
    | 'taken_over'
  table: string
  /** Its key; empty where no row stands for it. */
  row: string
  /** As one calls the document; empty where it is about none, or nothing is left of its name. */
  number: string
  /** Which field, line or position. */
  where: string
  expected: string
  found: string
}

const tables = {
  content: 'invoice_documents',
  xml: 'invoice_documents',
  chain: 'invoice_documents',
  gap: 'invoice_documents',
  day: 'invoice_documents',
  row: 'invoices',
  line: 'invoice_lines',
  event: 'invoice_events',
  pdf: 'invoice_pdfs',
  series: 'invoice_series',
  unfrozen: 'invoices',
  log: 'audit_log',
  journal: 'billing_journal',
  closing: 'accounting_closings',
  taken_over: 'audit_log',
} as const satisfies Record<Break['what'], string>

export const broken = (
  what: Break['what'],
  about: { row: string; number?: string; table?: string },
  where: string,
  expected: unknown,
  found: unknown,
): Break => ({
  what,
  table: about.table ?? tables[what],
  row: about.row,
  number: about.number ?? '',
  where,
  expected: String(expected),
  found: String(found),
})

import type { InvoiceSummary } from '#contract/billing'
import type { Translate } from '#platform/ui/messages.tsx'

/** What a document is called: its number, or that it has none yet. */
export function invoiceName({ kind, number }: Pick<InvoiceSummary, 'kind' | 'number'>, t: Translate): string {
  return number ?? t(`billing.unnumbered.${kind}`)
}

export function clientName({ client }: Pick<InvoiceSummary, 'client'>): string {
  return `${client.firstName} ${client.lastName}`.trim()
}

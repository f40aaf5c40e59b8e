/** What an invoice says besides its lines: days, period, and how it is paid; as typed, and as it is saved. */
import type { Draft, DraftFields, PaymentMeans } from '#contract/billing'
import type { MessageKey } from '#platform/ui/messages.tsx'

export type InvoiceTerms = {
  wantedOn: string
  suppliedOn: string
  from: string
  until: string
  paymentDays: string
  paymentMeans: PaymentMeans | ''
}

type Kept = Pick<DraftFields, 'wantedOn' | 'suppliedOn' | 'period' | 'paymentDays' | 'paymentMeans'>

export const termsOf = (draft: Pick<Draft, keyof Kept>): InvoiceTerms => ({
  wantedOn: draft.wantedOn ?? '',
  suppliedOn: draft.suppliedOn ?? '',
  from: draft.period?.from ?? '',
  until: draft.period?.until ?? '',
  paymentDays: draft.paymentDays === null ? '' : String(draft.paymentDays),
  paymentMeans: draft.paymentMeans ?? '',
})

/** What cannot be read yet is named, and saved as if nothing stood there. */
export function readTerms(terms: InvoiceTerms): {
  fields: Kept
  unreadable: ReadonlyMap<keyof InvoiceTerms, MessageKey>
} {
  const { wantedOn, suppliedOn, from, until, paymentDays, paymentMeans } = terms
  const unreadable = new Map<keyof InvoiceTerms, MessageKey>()
  if (!/^\d*$/.test(paymentDays) || Number(paymentDays) > 60)
    unreadable.set('paymentDays', 'billing.editor.unreadable.days')
  if ((from === '') !== (until === ''))
    unreadable.set(from === '' ? 'from' : 'until', 'billing.editor.unreadable.period')
  else if (from > until) unreadable.set('until', 'billing.editor.unreadable.turned')
  return {
    fields: {
      wantedOn: wantedOn || null,
      suppliedOn: suppliedOn || null,
      period: from === '' || unreadable.has('from') || unreadable.has('until') ? null : { from, until },
      paymentDays: paymentDays === '' || unreadable.has('paymentDays') ? null : Number(paymentDays),
      paymentMeans: paymentMeans || null,
    },
    unreadable,
  }
}

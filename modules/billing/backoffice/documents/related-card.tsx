import type { Invoice } from '#contract/billing'
import { Card } from '#platform/ui/card.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { invoiceTo, quoteTo } from '../addresses.ts'

/** What it came from, and what came of it. */
export function RelatedCard({ invoice }: { invoice: Invoice }) {
  const t = useMessages()
  const { original, citedBy, quote } = invoice
  if (!original && citedBy.length === 0 && !quote) return null
  return (
    <Card title={t('billing.related')} flush>
      <ul className="pb-1 text-13">
        {quote && (
          <li className="flex items-baseline gap-2 border-t border-line px-4 py-2">
            <span className="text-ink-muted">{t('billing.quote.one')}</span>
            <TextLink to={quoteTo(quote.id)}>{quote.number ?? t('billing.unnumbered.invoice')}</TextLink>
          </li>
        )}
        {original && (
          <li className="flex items-baseline gap-2 border-t border-line px-4 py-2">
            <span className="text-ink-muted">{t('billing.editor.cites')}</span>
            <TextLink to={invoiceTo(original.id)}>{original.number}</TextLink>
          </li>
        )}
        {citedBy.map(({ id, typeCode, number, inclCents }) => (
          <li key={id} className="flex items-baseline gap-2 border-t border-line px-4 py-2">
            <span className="text-ink-muted">{t(`billing.type.${typeCode}`)}</span>
            <TextLink to={invoiceTo(id)}>{number ?? t('billing.badge.invoice.draft')}</TextLink>
            <span className="ml-auto">
              <Money cents={inclCents} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

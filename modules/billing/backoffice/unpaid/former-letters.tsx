import { getClientDunning } from '#contract/billing'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'

/** What was written about this invoice already, word by word. */
export function FormerLetters({ clientId, invoiceId }: { clientId: string; invoiceId: string }) {
  const t = useMessages()
  const formats = useFormats()
  const { data } = useEndpoint(getClientDunning, { params: { id: clientId } })
  const letters = data?.letters.filter(({ invoice }) => invoice.id === invoiceId) ?? []
  if (letters.length === 0) return null
  return (
    <section aria-label={t('billing.unpaid.former')}>
      <h3 className="text-13 font-semibold">{t('billing.unpaid.former')}</h3>
      <ul className="mt-1 text-13">
        {letters.map((letter) => (
          <li key={letter.id} className="border-t border-line py-1.5">
            <details>
              <summary className="cursor-pointer rounded-small">
                {t('billing.settings.dunning.step', { step: letter.step })} ·{' '}
                <DateText value={letter.sentAt} show="dayTime" />
                {letter.sentBy && <span className="text-ink-muted"> · {letter.sentBy}</span>}
              </summary>
              <p className="mt-1 text-12 text-ink-muted">
                {t('billing.unpaid.former.claimed', {
                  address: letter.sentTo,
                  amount: formats.money(
                    letter.outstandingCents + letter.penaltiesCents + letter.indemnityCents,
                  ),
                })}
              </p>
              <p className="mt-1 font-medium" lang="fr">
                {letter.subject}
              </p>
              <p className="whitespace-pre-line" lang="fr">
                {letter.body}
              </p>
            </details>
          </li>
        ))}
      </ul>
    </section>
  )
}

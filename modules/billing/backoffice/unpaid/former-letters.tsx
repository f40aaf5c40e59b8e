import { getClientDunning } from '#contract/billing'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { LetterText } from './letter-text.tsx'

/** What was written about this invoice already, word by word. */
export function FormerLetters({ clientId, invoiceId }: { clientId: string; invoiceId: string }) {
  const t = useMessages()
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
              <LetterText letter={letter} />
            </details>
          </li>
        ))}
      </ul>
    </section>
  )
}

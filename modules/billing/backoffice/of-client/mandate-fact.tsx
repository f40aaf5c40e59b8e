import type { Mandate } from '#contract/billing'
import { Badge } from '#platform/ui/badge.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { directDebitsTo } from '../payments/addresses.ts'
import { MoneyLine } from './money-line.tsx'

/** By which mandate is collected; where none is in force, that there was one. */
export function MandateFact({ mandates }: { mandates: readonly Mandate[] }) {
  const t = useMessages()
  const mandate = mandates.find(({ state }) => state === 'active') ?? mandates[0]
  return (
    <MoneyLine label={t('billing.of-client.mandate')}>
      {mandate ? (
        <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <TextLink to={directDebitsTo}>{mandate.reference}</TextLink>
          <span className="text-ink-muted tabular-nums">•••• {mandate.ibanEnding}</span>
          <Badge tone={mandate.state === 'active' ? 'success' : 'neutral'}>
            {t(`billing.debit.mandate.${mandate.state}`)}
          </Badge>
          <span className="text-12 text-ink-muted">
            {t('billing.debit.signed-on')} <DateText value={mandate.signedOn} />
          </span>
        </span>
      ) : (
        <span className="text-ink-muted">{t('billing.of-client.mandate.none')}</span>
      )}
    </MoneyLine>
  )
}

import { useState } from 'react'
import type { DunningLetter, getClientDunning } from '#contract/billing'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { LetterText } from '../unpaid/letter-text.tsx'
import { MoneyLine } from './money-line.tsx'

type RemindersFactProps = {
  clientId: string
  dunning: OutputOf<typeof getClientDunning>
  /** Something is left to pay: there is a board to look at. */
  owes: boolean
}

const first = 3

/** Whether they are reminded, and what was written to them, the latest first. */
export function RemindersFact({ clientId, dunning: { pause, letters }, owes }: RemindersFactProps) {
  const t = useMessages()
  const [all, setAll] = useState(false)
  return (
    <MoneyLine label={t('billing.unpaid.letters')}>
      {pause && (
        <p className="mb-1 flex flex-wrap items-center gap-x-2">
          <Badge tone="warning">{t('billing.unpaid.withheld.paused')}</Badge>
          {pause.untilOn !== null && (
            <span>
              {t('billing.unpaid.until')} <DateText value={pause.untilOn} />
            </span>
          )}
          <span className="text-ink-muted">{[pause.why, pause.by].filter(Boolean).join(' · ')}</span>
        </p>
      )}
      {letters.length === 0 ? (
        <span className="text-ink-muted">{t('billing.of-client.reminders.none')}</span>
      ) : (
        <ul className="flex flex-col gap-0.5">
          {(all ? letters : letters.slice(0, first)).map((letter) => (
            <li key={letter.id}>
              <Letter letter={letter} />
            </li>
          ))}
        </ul>
      )}
      <span className="flex flex-wrap items-center gap-x-3">
        {!all && letters.length > first && (
          <Button variant="ghost" size="small" className="-ml-2" onClick={() => setAll(true)}>
            {t('billing.of-client.reminders.all', { count: letters.length })}
          </Button>
        )}
        {owes && letters.length > 0 && (
          <TextLink to={`/unpaid?client=${clientId}`}>{t('billing.of-client.late')}</TextLink>
        )}
      </span>
    </MoneyLine>
  )
}

function Letter({ letter }: { letter: DunningLetter }) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <details>
      <summary className="cursor-pointer rounded-small">
        {t('billing.settings.dunning.step', { step: letter.step })} · {letter.invoice.number} ·{' '}
        <DateText value={letter.sentAt} />
        <span className="text-ink-muted"> · {formats.money(letter.outstandingCents)}</span>
      </summary>
      <LetterText letter={letter} />
    </details>
  )
}

/** What was promised to the customer, and how much of it is left. */
import { useState } from 'react'
import type { TargetName, TicketTarget } from '#contract/support'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { cx } from '#platform/ui/cx.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { part, Wanted } from '#platform/ui/part.tsx'
import { spanInWords, useNow } from '../due.tsx'

const ledger = part(() => import('../promises/ledger-sheet.tsx').then((module) => module.LedgerSheet))

type PromisesProps = { ticketId: string; targets: readonly TicketTarget[] }

export function PromisesCard({ ticketId, targets }: PromisesProps) {
  const t = useMessages()
  const [explained, setExplained] = useState<TargetName | null>(null)
  const close = () => setExplained(null)
  if (targets.length === 0) return null
  return (
    <Card title={t('support.card.promises')}>
      <ul className="flex flex-col divide-y divide-line text-13">
        {targets.map((target) => (
          <Target key={target.name} target={target} onWhy={() => setExplained(target.name)} />
        ))}
      </ul>
      {explained && (
        <Wanted part={ledger} when give={{ ticketId, target: explained, onClose: close }} onFailed={close} />
      )}
    </Card>
  )
}

function Target({ target, onWhy }: { target: TicketTarget; onWhy: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <li className="flex flex-wrap items-center gap-x-2 py-1.5">
      <span className="min-w-0 flex-1">
        <span className="block text-12 text-ink-muted">{t(`support.target.${target.name}`)}</span>
        <span title={target.due ? formats.exact(target.due) : undefined}>
          <Standing target={target} />
        </span>
      </span>
      <Button size="small" variant="ghost" onClick={onWhy}>
        {t('support.target.why')}
      </Button>
    </li>
  )
}

function Standing({
  target: { name, state, due, settledAt, settledBy, warnsAt, remainingSeconds },
}: {
  target: TicketTarget
}) {
  const t = useMessages()
  const formats = useFormats()
  const now = useNow()
  // Nobody wrote to the client: nothing was kept.
  if (state === 'met' && settledBy === 'resolution' && name !== 'resolution')
    return <span className="text-ink-muted">{t('support.target.unanswered')}</span>
  if (state === 'met')
    return (
      <span className="text-success-ink">{t('support.target.met', { at: formats.dayTime(settledAt) })}</span>
    )
  if (state === 'paused')
    return (
      <span className="text-ink-muted">
        {t('support.target.paused', { span: spanInWords(Math.max(0, remainingSeconds), t) })}
      </span>
    )
  if (settledAt)
    return (
      <span className="text-danger-ink">{t('support.target.late', { at: formats.dayTime(settledAt) })}</span>
    )
  const seconds = due ? (Date.parse(due) - now) / 1_000 : remainingSeconds
  const warned = warnsAt !== null && Date.parse(warnsAt) <= now
  const span = spanInWords(seconds, t)
  return (
    <span
      className={cx(
        'tabular-nums',
        seconds <= 0 ? 'font-medium text-danger-ink' : warned && 'font-medium text-warning-ink',
      )}
    >
      {t(seconds > 0 ? 'support.due.in' : 'support.due.late', { span })}
      {due && (
        <span className="font-regular text-ink-muted">
          {' '}
          · <span className="whitespace-nowrap">{formats.dayTime(due)}</span>
        </span>
      )}
    </span>
  )
}

import { getQueueCounts } from '#contract/support'
import { useEndpoint } from '#platform/ui/data.ts'
import { KpiCard, KpiSkeleton } from '#platform/ui/kpi-card.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { queueTo } from '../addresses.ts'

/** On the dashboard, whatever month it shows: what waits for support right now, and which promises are being broken. */
export function TicketsCards() {
  const t = useMessages()
  const formats = useFormats()
  const { data, error } = useEndpoint(getQueueCounts, {})
  if (!data)
    return error ? null : (
      <>
        <KpiSkeleton details />
        <KpiSkeleton details />
      </>
    )
  const { queues, breached } = data
  const line = (name: 'unassigned' | 'waiting' | 'soon') => ({
    label: t(`support.board.${name}`, { count: queues[name] }),
    value: formats.integer(queues[name]),
    to: queueTo({ queue: name }),
  })
  return (
    <>
      <KpiCard
        label={t('support.board.title')}
        value={formats.integer(queues.open)}
        unit={t('support.chip.now')}
        to={queueTo()}
        details={[line('unassigned'), line('waiting')]}
      />
      <KpiCard
        label={t('support.board.breaches')}
        value={formats.integer(breached)}
        unit={t('support.chip.now')}
        to={queueTo({ queue: 'open', late: 'yes', snoozed: 'yes' })}
        details={[line('soon')]}
      />
    </>
  )
}

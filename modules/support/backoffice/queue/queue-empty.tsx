import { CircleCheckBig, MessageSquarePlus, SearchX } from 'lucide-react'
import type { Queue } from '#contract/support'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { newTo, queueTo } from '../addresses.ts'

type EmptyProps = { queue: Queue; q: string | undefined; isFiltered: boolean }

/** Why no ticket is listed, and where there are some. */
export function QueueEmpty({ queue, q, isFiltered }: EmptyProps) {
  const t = useMessages()
  const may = useMay()
  if (isFiltered)
    return (
      <EmptyState
        icon={SearchX}
        title={q ? t('support.empty.search', { q }) : t('support.empty.filtered')}
        action={
          <>
            <ButtonLink to={queueTo({ queue })}>{t('support.filters.clear')}</ButtonLink>
            {q && queue !== 'all' && (
              <ButtonLink to={queueTo({ queue: 'all', q, snoozed: 'yes' })}>
                {t('support.empty.everywhere')}
              </ButtonLink>
            )}
          </>
        }
      >
        <p>{t('support.empty.filtered.help')}</p>
      </EmptyState>
    )
  return (
    <EmptyState
      icon={CircleCheckBig}
      title={t(`support.empty.${queue}`)}
      action={
        <>
          {queue !== 'all' && queue !== 'open' && queue !== 'trash' && (
            <ButtonLink to={queueTo()}>{t('support.empty.see-open')}</ButtonLink>
          )}
          {queue !== 'trash' && queue !== 'snoozed' && may('tickets.write') && (
            <ButtonLink to={newTo} icon={MessageSquarePlus}>
              {t('support.queue.new')}
            </ButtonLink>
          )}
        </>
      }
    >
      <p>
        {t(queue === 'trash' || queue === 'snoozed' ? `support.empty.${queue}.help` : 'support.empty.help')}
      </p>
    </EmptyState>
  )
}

import { BellOff } from 'lucide-react'
import { useState } from 'react'
import { acknowledgeAlerts, type Alert, getQueueCounts, listAlerts, type Notice } from '#contract/support'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import type { Demanded } from '#platform/ui/on-demand.tsx'
import { Popover } from '#platform/ui/popover.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { queueTo, soonTo } from '../addresses.ts'
import { AlertTrigger } from './alert-bell.tsx'
import { AlertLine } from './alert-line.tsx'
import { NoticeLine } from './notice-line.tsx'

type Told = OutputOf<typeof listAlerts>

/** Both kinds of news, the latest first. */
const inOrder = (told: Told | undefined) =>
  [...(told?.rows ?? []), ...(told?.notices ?? [])].toSorted((one, other) =>
    atOf(other).localeCompare(atOf(one)),
  )
const atOf = (line: Alert | Notice) => ('dueAt' in line ? line.toldAt : line.at)

const lateTo = queueTo({ queue: 'open', late: 'yes', snoozed: 'yes' })

/** What one was told of promises, the latest first; each opens its ticket, where it is seen (`useAlertsSeen`). */
export function AlertTray({ defaultOpen }: Demanded) {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(listAlerts)
  const acknowledge = useEndpoint(acknowledgeAlerts)
  const [open, setOpen] = useState(defaultOpen)
  const close = () => setOpen(false)
  const counts = useEndpoint(getQueueCounts, {})
  const late = counts.data?.breached ?? 0
  const lines = inOrder(data)
  return (
    <Popover
      align="end"
      title={t('support.alerts')}
      open={open}
      onOpenChange={setOpen}
      trigger={<AlertTrigger />}
    >
      {!data &&
        (error ? <ErrorState error={error} onRetry={refetch} /> : <Skeleton height={96} width="100%" />)}
      {late > 0 && (
        <p className="mb-3 rounded-control bg-danger-soft px-3 py-2 text-danger-ink">
          <TextLink to={lateTo} onClick={close} className="text-inherit">
            {t('support.alerts.late', { count: late })}
          </TextLink>
        </p>
      )}
      {data && lines.length === 0 && (
        <EmptyState icon={BellOff} title={t('support.alerts.none')}>
          <p>{t('support.alerts.none.help')}</p>
        </EmptyState>
      )}
      {lines.length > 0 && (
        <ul className="-mx-3 max-h-96 divide-y divide-line overflow-y-auto border-y border-line">
          {lines.map((line) =>
            'dueAt' in line ? (
              <li key={`${line.ticket.id}${line.kind}${line.dueAt}`}>
                <AlertLine alert={line} onOpen={close} />
              </li>
            ) : (
              <li key={`${line.ticket.id}${line.kind}${line.at}`}>
                <NoticeLine notice={line} onOpen={close} />
              </li>
            ),
          )}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 pt-3 text-12">
        <TextLink to={soonTo} onClick={close}>
          {t('support.alerts.queue')}
        </TextLink>
        <TextLink to="/account" onClick={close}>
          {t('support.alerts.settings')}
        </TextLink>
        {data && data.unseen > 0 && (
          <Button
            size="small"
            variant="ghost"
            className="-mx-2"
            disabled={acknowledge.isPending}
            onClick={() => acknowledge.mutate({ body: { ticketId: null } })}
          >
            {t('support.alerts.all_seen')}
          </Button>
        )}
      </div>
    </Popover>
  )
}

import { BellOff } from 'lucide-react'
import { useState } from 'react'
import { acknowledgeAlerts, listAlerts } from '#contract/support'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import type { Demanded } from '#platform/ui/on-demand.tsx'
import { Popover } from '#platform/ui/popover.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { soonTo } from '../addresses.ts'
import { AlertTrigger } from './alert-bell.tsx'
import { AlertLine } from './alert-line.tsx'

/** What one was told of promises, the latest first; each opens its ticket, where it is seen (`useAlertsSeen`). */
export function AlertTray({ defaultOpen }: Demanded) {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(listAlerts)
  const acknowledge = useEndpoint(acknowledgeAlerts)
  const [open, setOpen] = useState(defaultOpen)
  const close = () => setOpen(false)
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
      {data?.rows.length === 0 && (
        <EmptyState icon={BellOff} title={t('support.alerts.none')}>
          <p>{t('support.alerts.none.help')}</p>
        </EmptyState>
      )}
      {data && data.rows.length > 0 && (
        <ul className="-mx-3 max-h-96 divide-y divide-line overflow-y-auto border-y border-line">
          {data.rows.map((alert) => (
            <li key={`${alert.ticket.id}${alert.kind}${alert.dueAt}`}>
              <AlertLine alert={alert} onOpen={close} />
            </li>
          ))}
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

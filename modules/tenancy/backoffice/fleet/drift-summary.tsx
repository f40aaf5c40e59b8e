import { ScanSearch } from 'lucide-react'
import { checkDrift, type Fleet } from '#contract/tenancy'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { listTo } from '../addresses.ts'
import { Fact, Facts } from '../facts.tsx'
import { fleetCan } from './fleet-can.ts'

/** Whether any database is other than it should be; looked at each night, and when asked. */
export function DriftSummary({ fleet: { drift } }: { fleet: Fleet }) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const check = useEndpoint(checkDrift, {
    onSuccess: () =>
      notify.told({ title: t('tenancy.drift.asked'), description: t('tenancy.drift.asked.help') }),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  return (
    <Card
      title={t('tenancy.card.drift')}
      actions={
        fleetCan.checkDrift(may) && (
          <Button size="small" icon={ScanSearch} loading={check.isPending} onClick={() => check.mutate({})}>
            {t('tenancy.drift.check')}
          </Button>
        )
      }
    >
      <Facts>
        <Fact label={t('tenancy.drift.differing')}>
          {drift.drifting > 0 ? (
            <TextLink to={listTo({ alert: 'drifts' })} className="font-medium">
              {t('tenancy.fleet.tenants', { count: drift.drifting, shown: formats.integer(drift.drifting) })}
            </TextLink>
          ) : (
            t('tenancy.drift.nobody')
          )}
        </Fact>
        <Fact label={t('tenancy.drift.looked-at')}>
          {t('tenancy.fleet.tenants', { count: drift.checked, shown: formats.integer(drift.checked) })}
        </Fact>
        {drift.unreachable > 0 && (
          <Fact label={t('tenancy.drift.unreachable')}>
            <TextLink to={listTo({ alert: 'cluster_unreachable' })}>
              {t('tenancy.fleet.tenants', {
                count: drift.unreachable,
                shown: formats.integer(drift.unreachable),
              })}
            </TextLink>
          </Fact>
        )}
        <Fact label={t('tenancy.drift.when')}>
          {drift.checkedAt ? (
            <DateText value={drift.checkedAt} show="relative" />
          ) : (
            <span className="text-ink-muted">{t('tenancy.measured.not-yet')}</span>
          )}
        </Fact>
      </Facts>
      <p className="mt-2 text-12 text-ink-muted">{t('tenancy.drift.help')}</p>
    </Card>
  )
}

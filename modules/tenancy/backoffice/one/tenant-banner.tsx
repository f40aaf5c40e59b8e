import { CirclePause, CirclePlay, Download, FileX, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { readPurgeCertificate, type Tenant } from '#contract/tenancy'
import { Button, buttonClass } from '#platform/ui/button.tsx'
import { hrefOf } from '#platform/ui/call.ts'
import { cx } from '#platform/ui/cx.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useQuickActs } from '../acts/quick-acts.ts'
import { tenantCan } from '../tenant-can.ts'
import { toneOf } from '../tenant-words.tsx'
import { WorkProgress } from '../work-progress.tsx'

/** What one came to know: what is under way, why nobody comes in, what is wrong and what to do about it. */
export function TenantBanner({ tenant }: { tenant: Tenant }) {
  const { work, state, certificate } = tenant
  return (
    <div className="mb-4 flex flex-col gap-2 empty:hidden">
      {work && (
        <section className="rounded-card border border-line bg-surface px-4 py-3">
          <WorkProgress work={work} />
        </section>
      )}
      {state === 'suspended' && <Suspended tenant={tenant} />}
      {certificate && <Purged tenant={tenant} certificate={certificate} />}
      <Alerts tenant={tenant} />
    </div>
  )
}

const looks = {
  danger: 'border-danger/40 bg-danger-soft text-danger-ink',
  warning: 'border-warning/40 bg-warning-soft text-warning-ink',
  neutral: 'border-line bg-surface text-ink',
}

type LineProps = { look: keyof typeof looks; icon: typeof TriangleAlert; children: ReactNode }

function Line({ look, icon: Icon, children }: LineProps) {
  return (
    <div className={cx('flex items-start gap-3 rounded-card border px-4 py-3 text-13', looks[look])}>
      <Icon aria-hidden size={16} className="mt-0.5 shrink-0" />
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-2">{children}</div>
    </div>
  )
}

function Suspended({ tenant }: { tenant: Tenant }) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const { resume } = useQuickActs()
  const { stateSince, stateReason } = tenant
  return (
    <Line look="warning" icon={CirclePause}>
      <p className="min-w-0">
        <span className="font-semibold">
          {t('tenancy.suspended.since', { at: formats.dayTime(stateSince) })}
        </span>
        {stateReason && (
          <span className="block break-words">{t('tenancy.suspended.reason', { reason: stateReason })}</span>
        )}
      </p>
      {tenantCan.resume(tenant, may) && (
        <Button size="small" icon={CirclePlay} className="ml-auto" onClick={() => resume(tenant)}>
          {t('tenancy.resume')}
        </Button>
      )}
    </Line>
  )
}

type PurgedProps = { tenant: Tenant; certificate: NonNullable<Tenant['certificate']> }

function Purged({ tenant: { id }, certificate: { purgedAt, sha256 } }: PurgedProps) {
  const t = useMessages()
  return (
    <Line look="neutral" icon={FileX}>
      <p className="min-w-0 flex-1 basis-64">
        <span className="font-semibold">
          {t.rich('tenancy.purged.on', { at: <DateText key="at" value={purgedAt} show="dayTime" /> })}
        </span>
        <span className="block text-12 text-ink-muted">{t('tenancy.purged.help')}</span>
        <code className="block font-mono text-12 break-all text-ink-muted">
          {t('tenancy.purged.sha256', { sha256 })}
        </code>
      </p>
      <a
        href={hrefOf(readPurgeCertificate, { params: { id } })}
        download
        className={buttonClass({ variant: 'primary' })}
      >
        <Download aria-hidden size={16} />
        {t('tenancy.purged.certificate')}
      </a>
    </Line>
  )
}

function Alerts({ tenant: { alerts } }: { tenant: Tenant }) {
  const t = useMessages()
  return alerts.map((alert) => (
    <Line key={alert} look={toneOf(alert) === 'danger' ? 'danger' : 'warning'} icon={TriangleAlert}>
      <p className="min-w-0">
        <span className="block font-semibold">{t(`tenancy.alert.${alert}`)}</span>
        {t(`tenancy.alert.${alert}.help`)}
      </p>
    </Line>
  ))
}

import { ArrowRightLeft, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Spare, Tenant } from '#contract/tenancy'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { DropSpareDialog } from '../acts/drop-spare-dialog.tsx'
import { SwitchDialog } from '../acts/switch-dialog.tsx'
import { tenantCan } from '../tenant-can.ts'
import { Comparison } from './comparison.tsx'

type Asked = { act: 'switch' | 'drop'; spare: Spare }

/** Databases beside the living one: nobody works in them, and each leaves by itself. */
export function SparesCard({ tenant }: { tenant: Tenant }) {
  const t = useMessages()
  const [asked, setAsked] = useState<Asked | null>(null)
  const given = asked && { tenant, spare: asked.spare, onClose: () => setAsked(null) }
  return (
    <Card title={t('tenancy.card.spares')}>
      <p className="text-13 text-ink-muted">{t('tenancy.spares.help')}</p>
      <ul>
        {tenant.spares.map((spare) => (
          <OneSpare key={spare.databaseName} tenant={tenant} spare={spare} ask={setAsked} />
        ))}
      </ul>
      {given && asked.act === 'switch' && <SwitchDialog {...given} />}
      {given && asked.act === 'drop' && <DropSpareDialog {...given} />}
    </Card>
  )
}

type OneSpareProps = { tenant: Tenant; spare: Spare; ask: (asked: Asked) => void }

function OneSpare({ tenant, spare, ask }: OneSpareProps) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const [open, setOpen] = useState(false)
  const { databaseName, origin, cluster, madeAt, dropAfter, backupAt, rowsByTable } = spare
  const rows = Object.values(rowsByTable).reduce((sum, count) => sum + count, 0)
  return (
    <li className="border-t border-line py-3 text-13 first:border-t-0">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <p className="flex flex-wrap items-center gap-2">
            <Badge tone="neutral">{t(`tenancy.spare.${origin}`)}</Badge>
            <code className="font-mono text-12">{databaseName}</code>
          </p>
          <p className="mt-1 text-12 text-ink-muted">
            {backupAt &&
              t.rich('tenancy.spare.as-of', {
                at: <DateText key="at" value={backupAt} show="dayTime" />,
              })}
            {backupAt && ' · '}
            {t.rich('tenancy.spare.made', { at: <DateText key="at" value={madeAt} show="dayTime" /> })}
            {` · ${cluster} · ${t('tenancy.rows.count', { count: rows, shown: formats.integer(rows) })}`}
          </p>
          <p className="text-12 text-ink-muted">
            {t.rich('tenancy.spare.leaves', { at: <DateText key="at" value={dropAfter} show="dayTime" /> })}
          </p>
          {cluster !== tenant.cluster && may('tenants.operate') && (
            <p className="text-12 text-ink-muted">{t('tenancy.switch.elsewhere')}</p>
          )}
        </div>
        <div className="flex flex-wrap gap-2">
          {tenantCan.switch(tenant, spare, may) && (
            <Button size="small" icon={ArrowRightLeft} onClick={() => ask({ act: 'switch', spare })}>
              {t('tenancy.switch')}
            </Button>
          )}
          {tenantCan.dropSpare(tenant, may) && (
            <Button size="small" icon={Trash2} onClick={() => ask({ act: 'drop', spare })}>
              {t('tenancy.spare.drop')}
            </Button>
          )}
        </div>
      </div>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)} className="mt-2">
        <summary className="w-fit cursor-pointer rounded-small text-12 text-ink-muted">
          {t('tenancy.spare.compare')}
        </summary>
        {open && (
          <div className="mt-2">
            <Comparison tenantId={tenant.id} spare={spare} />
          </div>
        )}
      </details>
    </li>
  )
}

import { ArchiveRestore, HardDriveDownload } from 'lucide-react'
import { useState } from 'react'
import type { Backup, Tenant } from '#contract/tenancy'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useQuickActs } from '../acts/quick-acts.ts'
import { RestoreDialog } from '../acts/restore-dialog.tsx'
import { sizeInWords } from '../size.ts'
import { tenantCan } from '../tenant-can.ts'

/** More than this one reads only when asked for. */
const FEW = 5

/** What can be gone back to; restoring leaves the living database as it is. */
export function BackupsCard({ tenant }: { tenant: Tenant }) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const [all, setAll] = useState(false)
  const [restoring, setRestoring] = useState<Backup | null>(null)
  const { backUp } = useQuickActs()
  const { backups } = tenant
  const restore = tenantCan.restore(tenant, may) ? setRestoring : undefined
  return (
    <Card
      title={t('tenancy.card.backups')}
      actions={
        tenantCan.backUp(tenant, may) && (
          <Button size="small" icon={HardDriveDownload} onClick={() => backUp(tenant)}>
            {t('tenancy.backup')}
          </Button>
        )
      }
    >
      {backups.length === 0 ? (
        <p className="text-13 text-ink-muted">{t('tenancy.backups.none')}</p>
      ) : (
        <ul>
          {backups.slice(0, all ? undefined : FEW).map((backup) => (
            <Line key={backup.id} backup={backup} restore={restore} />
          ))}
        </ul>
      )}
      {!all && backups.length > FEW && (
        <Button variant="ghost" className="mt-2 -ml-3" onClick={() => setAll(true)}>
          {t('tenancy.backups.all', { shown: formats.integer(backups.length) })}
        </Button>
      )}
      {restoring && <RestoreDialog tenant={tenant} backup={restoring} onClose={() => setRestoring(null)} />}
    </Card>
  )
}

type LineProps = { backup: Backup; restore: ((backup: Backup) => void) | undefined }

function Line({ backup, restore }: LineProps) {
  const t = useMessages()
  const formats = useFormats()
  const { madeAt, madeBy, occasion, schemaVersion, bytes, rows } = backup
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line py-2 text-13 first:border-t-0">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium">
          <DateText value={madeAt} show="both" />
        </p>
        <p className="text-12 text-ink-muted">
          {[
            madeBy ? t('tenancy.backup.by', { name: madeBy }) : t(`tenancy.backup.occasion.${occasion}`),
            sizeInWords(bytes, formats),
            t('tenancy.rows.count', { count: rows, shown: formats.integer(rows) }),
            t('tenancy.version.of', { version: formats.integer(schemaVersion) }),
          ].join(' · ')}
        </p>
      </div>
      {restore && (
        <Button size="small" icon={ArchiveRestore} onClick={() => restore(backup)}>
          {t('tenancy.restore')}
        </Button>
      )}
    </li>
  )
}

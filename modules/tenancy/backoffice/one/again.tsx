import { RotateCw } from 'lucide-react'
import { useState } from 'react'
import type { Tenant, TenantWork } from '#contract/tenancy'
import { Button } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { MoveDialog } from '../acts/move-dialog.tsx'
import { PurgeDialog } from '../acts/purge-dialog.tsx'
import { useQuickActs } from '../acts/quick-acts.ts'
import { tenantCan } from '../tenant-can.ts'

type AgainProps = { tenant: Tenant; kind: TenantWork['kind'] }

/** The way to another try of what failed last: a button, or words where the way begins elsewhere. */
export function Again({ tenant, kind }: AgainProps) {
  const t = useMessages()
  const may = useMay()
  const { backUp } = useQuickActs()
  const [asked, setAsked] = useState<'move' | 'purge' | null>(null)
  const given = { tenant, onClose: () => setAsked(null) }
  const again = (onClick: () => void) => (
    <Button size="small" icon={RotateCw} className="mt-2" onClick={onClick}>
      {t('tenancy.again')}
    </Button>
  )
  // Opening goes on by itself, whoever looks.
  if (kind !== 'provision' && !may(kind === 'purge' ? 'tenants.purge' : 'tenants.operate'))
    return <p className="mt-1">{t('tenancy.again.others')}</p>
  if (kind === 'backup') return tenantCan.backUp(tenant, may) && again(() => backUp(tenant))
  if (kind === 'move' || kind === 'purge')
    return (
      <>
        {tenantCan[kind](tenant, may) && again(() => setAsked(kind))}
        {asked === 'move' && <MoveDialog {...given} />}
        {asked === 'purge' && <PurgeDialog {...given} />}
      </>
    )
  const helps =
    kind === 'provision'
      ? tenant.state === 'provisioning'
      : tenantCan.restore(tenant, may) && hasWay(tenant, kind)
  return helps && <p className="mt-1">{t(`tenancy.again.${kind}`)}</p>
}

/** What it is begun from stands on the page. */
const hasWay = ({ backups, spares }: Tenant, kind: 'restore' | 'switch') =>
  (kind === 'restore' ? backups : spares).length > 0

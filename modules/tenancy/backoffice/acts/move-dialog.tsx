import { Truck } from 'lucide-react'
import { useState } from 'react'
import { moveTenant, type TenantRow } from '#contract/tenancy'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { roomOf, takesMore, useClusters } from '../clusters.ts'
import { useSpokenName } from '../spoken-name.ts'
import { useDone } from './done.ts'

type MoveDialogProps = { tenant: Pick<TenantRow, 'id' | 'name' | 'cluster'>; onClose: () => void }

/** To another cluster that has room; where there is none, that is said. */
export function MoveDialog({ tenant, onClose }: MoveDialogProps) {
  const t = useMessages()
  const spoken = useSpokenName()
  const formats = useFormats()
  const clusters = useClusters()
  const fit = clusters.filter((cluster) => cluster.name !== tenant.cluster && takesMore(cluster))
  const [chosen, setChosen] = useState<string | null>(null)
  const clusterId = chosen ?? (fit.length === 1 ? (fit[0]?.id ?? null) : null)
  const move = useEndpoint(moveTenant, {
    onSuccess: useDone('tenancy.move.done', onClose, 'tenancy.work.followed'),
  })
  return (
    <ActDialog
      title={t('tenancy.move.title', { name: spoken(tenant.name) })}
      effects={[t('tenancy.move.read-only'), t('tenancy.move.checked'), t('tenancy.move.kept')]}
      action={t('tenancy.move')}
      icon={Truck}
      disabled={clusterId === null}
      running={move.isPending}
      error={move.error}
      onSubmit={() => clusterId && move.mutate({ params: { id: tenant.id }, body: { clusterId } })}
      onClose={onClose}
    >
      {fit.length === 0 ? (
        <p className="rounded-control bg-warning-soft px-3 py-2 text-13 text-warning-ink">
          {t('tenancy.move.nowhere', { cluster: tenant.cluster })}
        </p>
      ) : (
        <Field name="clusterId" label={t('tenancy.move.to')}>
          <Select
            options={fit.map((cluster) => ({
              value: cluster.id,
              label: t('tenancy.move.option', {
                name: cluster.name,
                count: roomOf(cluster),
                shown: formats.integer(roomOf(cluster)),
              }),
            }))}
            value={clusterId}
            onChange={setChosen}
            placeholder={t('tenancy.move.choose')}
          />
        </Field>
      )}
    </ActDialog>
  )
}

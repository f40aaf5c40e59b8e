import { DatabaseZap } from 'lucide-react'
import { useState } from 'react'
import { getTenantOfClient, openTenant } from '#contract/tenancy'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { TextLink, useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { tenantTo } from '../addresses.ts'
import { OpeningPlan } from '../of-client/opening-plan.tsx'
import { ClientChoice } from './client-choice.tsx'

/** Whose practice: then what will happen, or why it cannot. */
export function OpenDialog({ onClose }: { onClose: () => void }) {
  const t = useMessages()
  const go = useGo()
  const [clientId, setClientId] = useState<string | null>(null)
  const { data } = useEndpoint(
    getTenantOfClient,
    { params: { id: clientId ?? '' } },
    { enabled: clientId !== null },
  )
  const open = useEndpoint(openTenant, {
    onSuccess: ({ id }) => {
      onClose()
      go(tenantTo(id))
    },
  })
  const isFit = clientId !== null && data !== undefined && !data.tenant && !data.obstacle
  return (
    <ActDialog
      title={t('tenancy.open.one')}
      effects={[]}
      action={t('tenancy.open')}
      icon={DatabaseZap}
      disabled={!isFit}
      running={open.isPending}
      error={open.error}
      onSubmit={() => clientId && open.mutate({ body: { clientId } })}
      onClose={onClose}
    >
      <Field name="clientId" label={t('tenancy.client')}>
        <ClientChoice value={clientId} onChange={setClientId} />
      </Field>
      {clientId && data?.tenant && (
        <p className="text-13">
          {t('tenancy.open.already')}{' '}
          <TextLink to={tenantTo(data.tenant.id)}>{t('tenancy.of-client.see')}</TextLink>
        </p>
      )}
      {clientId && data?.obstacle && (
        <p className="rounded-control bg-warning-soft px-3 py-2 text-13 text-warning-ink">
          {t(`tenancy.obstacle.${data.obstacle}`)}
        </p>
      )}
      {isFit && <OpeningPlan clientId={clientId} />}
    </ActDialog>
  )
}

import { DatabaseZap } from 'lucide-react'
import { type getTenantOfClient, openTenant } from '#contract/tenancy'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useSpokenName } from '../spoken-name.ts'
import { OpeningPlan } from './opening-plan.tsx'

type NoTenantProps = { clientId: string; obstacle: OutputOf<typeof getTenantOfClient>['obstacle'] }

/** What opening the practice's space will do, or what stands in its way. */
export function NoTenant({ clientId, obstacle }: NoTenantProps) {
  const t = useMessages()
  const may = useMay()
  const spoken = useSpokenName()
  const open = useEndpoint(openTenant, {
    onSuccess: ({ name }) => notify.told({ title: t('tenancy.open.begun', { name: spoken(name) }) }),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  if (obstacle)
    return (
      <p className="text-13 text-ink-muted">
        {t('tenancy.of-client.none')} {t(`tenancy.obstacle.${obstacle}`)}
      </p>
    )
  if (!may('tenants.open')) return <p className="text-13 text-ink-muted">{t('tenancy.of-client.none')}</p>
  return (
    <>
      <p className="text-13">{t('tenancy.of-client.none')}</p>
      <OpeningPlan clientId={clientId} />
      <Button
        icon={DatabaseZap}
        className="mt-3"
        loading={open.isPending}
        onClick={() => open.mutate({ body: { clientId } })}
      >
        {t('tenancy.open')}
      </Button>
    </>
  )
}

import { getClient } from '#contract/clients'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'

/** What opening a practice's space does, told before: to whom the invitation goes above all. */
export function OpeningPlan({ clientId }: { clientId: string }) {
  const t = useMessages()
  const { data: client } = useEndpoint(getClient, { params: { id: clientId } })
  return (
    <ul className="mt-1 flex list-disc flex-col gap-0.5 pl-4 text-13 text-ink-muted">
      <li>{t('tenancy.open.database')}</li>
      <li className="wrap-anywhere">
        {client?.email
          ? t('tenancy.open.invitation', { email: client.email })
          : t('tenancy.open.invitation.some')}
      </li>
    </ul>
  )
}

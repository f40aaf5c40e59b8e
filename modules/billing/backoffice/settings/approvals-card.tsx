import { listBillingApprovals } from '#contract/billing'
import { useEndpoint } from '#platform/ui/data.ts'
import { KpiCard } from '#platform/ui/kpi-card.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { settingsPath } from './addresses.ts'

/** On the dashboard of whoever may approve: an account that waits for a second person. Nothing waits most days, and nothing shows. */
export function ApprovalsCard() {
  const t = useMessages()
  const formats = useFormats()
  const { data } = useEndpoint(listBillingApprovals)
  const waiting = data?.rows.filter(({ own }) => !own) ?? []
  const [first] = waiting
  if (!first) return null
  return (
    <KpiCard
      label={t('billing.settings.approvals')}
      value={formats.integer(waiting.length)}
      to={`${settingsPath}?kind=bank`}
      note={t('billing.settings.approvals.note', {
        name: first.proposedBy?.name ?? t('billing.settings.installation'),
        ending: first.ibanEnding,
      })}
    />
  )
}

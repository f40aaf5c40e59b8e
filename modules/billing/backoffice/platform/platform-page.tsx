/** Electronic invoicing: what was handed to the approved platform, and what is still to be reported. */
import { addressState, oneOf } from '#platform/ui/address-state.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Tabs } from '#platform/ui/tabs.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { depositFilters } from '#contract/billing'
import { DepositList } from './deposit-list.tsx'
import { ReportList } from './report-list.tsx'

const Address = addressState({ tab: oneOf(['deposits', 'reports']), state: oneOf(depositFilters) })

export function PlatformPage() {
  const t = useMessages()
  const [{ tab = 'deposits', state }, change] = useUrlState(Address)
  return (
    <>
      <PageHeader title={t('billing.platform.title')} />
      <Tabs
        label={t('billing.platform.title')}
        value={tab}
        onChange={(chosen) => change({ tab: chosen, state: undefined })}
        tabs={[
          {
            value: 'deposits',
            label: t('billing.platform.deposits'),
            panel:
              tab === 'deposits' ? (
                <DepositList state={state} onState={(chosen) => change({ state: chosen })} />
              ) : null,
          },
          {
            value: 'reports',
            label: t('billing.platform.reports'),
            panel: tab === 'reports' ? <ReportList /> : null,
          },
        ]}
      />
    </>
  )
}

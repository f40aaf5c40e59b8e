/** Whose company, which VAT, which account, which words: from which day on, and since when. */
import { getBillingSettings, type SettingKind } from '#contract/billing'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Select } from '#platform/ui/select.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { Tabs } from '#platform/ui/tabs.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { Address, sections, type Section } from './addresses.ts'
import { CompaniesCard } from './companies-card.tsx'
import { RatesCard } from './rates-card.tsx'
import { SettingSection } from './setting-section.tsx'

export function SettingsPage() {
  const t = useMessages()
  const [{ kind = 'identity', company }, change] = useUrlState(Address)
  const { data, error, refetch } = useEndpoint(getBillingSettings, { query: company ? { company } : {} })
  const panel = (section: Section) => {
    if (!data) return null
    if (section === 'rates') return <RatesCard />
    if (section === 'companies') return <CompaniesCard companies={data.companies} />
    return <SettingSection key={`${data.company.id} ${section}`} kind={section} settings={data} />
  }
  const isWaiting = (section: Section) =>
    data?.versions.some((one) => one.kind === (section as SettingKind) && one.standing === 'waiting')
  return (
    <>
      <PageHeader
        title={t('billing.settings.page')}
        count={data && data.companies.length > 1 ? data.company.name : undefined}
        secondary={
          data &&
          data.companies.length > 1 && (
            <div className="w-56">
              <Select
                label={t('billing.settings.company')}
                options={data.companies
                  .filter(({ archived, id }) => !archived || id === data.company.id)
                  .map(({ id, name }) => ({ value: id, label: name }))}
                value={data.company.id}
                onChange={(id) => change({ company: id })}
              />
            </div>
          )
        }
      />
      {error && !data && <ErrorState error={error} onRetry={refetch} />}
      {!error && !data && (
        <Card>
          <Skeleton height={320} width="100%" />
        </Card>
      )}
      {data && (
        <Tabs
          label={t('billing.settings.page')}
          value={kind}
          onChange={(section) => change({ kind: section })}
          tabs={sections.map((section) => ({
            value: section,
            label: t(`billing.settings.kind.${section}`),
            ...(isWaiting(section) && { count: '1' }),
            panel: section === kind ? panel(section) : null,
          }))}
        />
      )}
    </>
  )
}

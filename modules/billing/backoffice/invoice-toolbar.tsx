import { documentKinds, getCatalogue } from '#contract/billing'
import { Chip, FilterMenu } from '#platform/ui/chip.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { SearchInput } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import type { InvoiceFilters } from './invoice-filters.ts'
import { latestMonths } from './latest-months.ts'

type InvoiceToolbarProps = {
  filters: InvoiceFilters
  change: (part: Partial<InvoiceFilters>, options?: { replace?: boolean }) => void
  /** The name of the client whose invoices alone are shown, once known. */
  clientOf: string | undefined
}

export function InvoiceToolbar({ filters, change, clientOf }: InvoiceToolbarProps) {
  const t = useMessages()
  const formats = useFormats()
  const [text, setText] = useSettledText(filters.q ?? '', (q) =>
    change({ q: q === '' ? undefined : q }, { replace: true }),
  )
  const may = useMay()
  const { data: catalogue } = useEndpoint(
    getCatalogue,
    {},
    { enabled: filters.plan !== undefined && may('subscriptions.read') },
  )
  const isYear = filters.issuedIn?.length === 4
  const months = latestMonths(24).map((month) => ({ value: month, label: formats.month(month) }))
  return (
    <>
      <SearchInput
        label={t('billing.search')}
        placeholder={t('billing.search.placeholder')}
        value={text}
        onChange={setText}
      />
      <FilterMenu
        single
        label={t('billing.month')}
        options={months}
        value={filters.issuedIn ? [filters.issuedIn] : []}
        onChange={([issuedIn]) => change({ issuedIn, issuedUntil: undefined })}
      />
      <FilterMenu
        single
        label={t('billing.kind')}
        options={documentKinds.map((kind) => ({ value: kind, label: t(`billing.kind.${kind}`) }))}
        value={filters.kind ? [filters.kind] : []}
        onChange={([kind]) => change({ kind })}
      />
      {filters.issuedIn && (
        <Chip
          label={t(isYear ? 'billing.year' : 'billing.month')}
          value={isYear ? filters.issuedIn : formats.month(filters.issuedIn)}
          onRemove={() => change({ issuedIn: undefined })}
        />
      )}
      {filters.issuedUntil && (
        <Chip
          label={t('billing.issued-until')}
          value={formats.day(filters.issuedUntil)}
          onRemove={() => change({ issuedUntil: undefined })}
        />
      )}
      {filters.kind && (
        <Chip
          label={t('billing.kind')}
          value={t(`billing.kind.${filters.kind}`)}
          onRemove={() => change({ kind: undefined })}
        />
      )}
      {filters.rate !== undefined && (
        <Chip
          label={t('billing.reports.rate')}
          value={formats.rate(filters.rate)}
          onRemove={() => change({ rate: undefined })}
        />
      )}
      {filters.plan && (
        <Chip
          label={t('billing.subscriptions.plan')}
          value={
            filters.plan === 'none'
              ? t('billing.reports.no-plan')
              : (catalogue?.plans.find(({ id }) => id === filters.plan)?.name ?? '…')
          }
          onRemove={() => change({ plan: undefined })}
        />
      )}
      {filters.client && (
        <Chip
          label={t('billing.client')}
          value={clientOf ?? `…${filters.client.slice(-6)}`}
          onRemove={() => change({ client: undefined })}
        />
      )}
    </>
  )
}

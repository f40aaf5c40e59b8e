import { type listPayments, paymentMethods, paymentSources } from '#contract/billing'
import type { ParsedInput } from '#platform/contract/endpoint.ts'
import { Chip, FilterMenu } from '#platform/ui/chip.tsx'
import { SearchInput } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import { latestMonths } from '../latest-months.ts'
import { daysOf, spanOf } from '../span.ts'

export type PaymentFilters = Omit<ParsedInput<typeof listPayments>['query'], 'after' | 'limit'>

type PaymentToolbarProps = {
  filters: PaymentFilters
  change: (part: Partial<PaymentFilters>, options?: { replace?: boolean }) => void
  /** The name of the client whose payments alone are shown, once known. */
  clientOf: string | undefined
}

export function PaymentToolbar({ filters, change, clientOf }: PaymentToolbarProps) {
  const t = useMessages()
  const formats = useFormats()
  const [text, setText] = useSettledText(filters.q ?? '', (q) =>
    change({ q: q === '' ? undefined : q }, { replace: true }),
  )
  const { from, until, method, source, client } = filters
  const span = spanOf({ from, until })
  const days = [from, until].map((day) => (day === undefined ? '…' : formats.day(day))).join(' – ')
  return (
    <>
      <SearchInput
        label={t('billing.paying.search')}
        placeholder={t('billing.paying.search.placeholder')}
        value={text}
        onChange={setText}
      />
      <FilterMenu
        single
        label={t('billing.month')}
        options={latestMonths(24).map((month) => ({ value: month, label: formats.month(month) }))}
        value={span === null ? [] : [span]}
        onChange={([month]) =>
          change(month === undefined ? { from: undefined, until: undefined } : daysOf(month))
        }
      />
      <FilterMenu
        single
        label={t('billing.payment.method')}
        options={paymentMethods.map((value) => ({ value, label: t(`billing.method.${value}`) }))}
        value={method ? [method] : []}
        onChange={([one]) => change({ method: one })}
      />
      <FilterMenu
        single
        label={t('billing.paying.source')}
        options={paymentSources.map((value) => ({ value, label: t(`billing.paying.source.${value}`) }))}
        value={source ? [source] : []}
        onChange={([one]) => change({ source: one })}
      />
      {(from !== undefined || until !== undefined) && (
        <Chip
          label={t(span?.length === 4 ? 'billing.year' : span === null ? 'billing.period' : 'billing.month')}
          value={span === null ? days : span.length === 4 ? span : formats.month(span)}
          onRemove={() => change({ from: undefined, until: undefined })}
        />
      )}
      {method && (
        <Chip
          label={t('billing.payment.method')}
          value={t(`billing.method.${method}`)}
          onRemove={() => change({ method: undefined })}
        />
      )}
      {source && (
        <Chip
          label={t('billing.paying.source')}
          value={t(`billing.paying.source.${source}`)}
          onRemove={() => change({ source: undefined })}
        />
      )}
      {client && (
        <Chip
          label={t('billing.client')}
          value={clientOf ?? `…${client.slice(-6)}`}
          onRemove={() => change({ client: undefined })}
        />
      )}
    </>
  )
}

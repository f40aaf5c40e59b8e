import type { listInvoices } from '#contract/billing'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { cx } from '#platform/ui/cx.ts'
import { LiveFigure } from '#platform/ui/just-changed.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'

type Sums = OutputOf<typeof listInvoices>['sums']
type InvoiceSumsProps = {
  sums: Sums | undefined
  /** Of documents that bear it: the sums are of it alone. */
  rate: number | undefined
  loading: boolean
  stale: boolean
}

/** What the filtered list comes to, all its pages together. */
export function InvoiceSums({ sums, rate, loading, stale }: InvoiceSumsProps) {
  const t = useMessages()
  const formats = useFormats()
  if (sums === null) return <p className="text-13 text-ink-muted">{t('billing.sums.too-many')}</p>
  if (!sums && !loading) return null
  const shown = [
    ['billing.sums.outstanding', sums?.outstandingCents],
    ['billing.sums.incl', sums?.inclCents],
    ['billing.sums.vat', sums?.vatCents],
    ['billing.sums.excl', sums?.exclCents],
    // Nobody was invoiced them: beside the sums, never in them.
    ...(sums?.draftInclCents ? [['billing.sums.drafts', sums.draftInclCents] as const] : []),
  ] as const
  const list = (
    <dl
      aria-label={t('billing.sums')}
      aria-busy={stale}
      className={cx('grid grid-cols-2 gap-x-6 gap-y-2 transition-opacity sm:flex', stale && 'opacity-60')}
    >
      {shown.map(([key, cents], index) => (
        <div key={key}>
          <dt className="text-12 text-ink-muted">{t(key)}</dt>
          <dd className={cx('tabular-nums', index === 0 ? 'text-16 font-semibold' : 'text-16')}>
            {sums ? (
              <LiveFigure value={formats.money(cents)} />
            ) : (
              <span className="flex h-6 items-center">
                <Skeleton width={88} height={14} />
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
  if (rate === undefined) return list
  return (
    <div className="flex flex-col gap-1">
      {list}
      <p className="text-12 text-ink-muted">{t('billing.sums.of-rate', { rate: formats.rate(rate) })}</p>
    </div>
  )
}

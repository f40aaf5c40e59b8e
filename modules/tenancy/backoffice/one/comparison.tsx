import { compareSpare, type Spare } from '#contract/tenancy'
import { cx } from '#platform/ui/cx.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { type Compared, differences } from './differences.ts'

type ComparisonProps = { tenantId: string; spare: Pick<Spare, 'databaseName'> }

/** The rows of both, counted now: tables that differ first, each with by how many. */
export function Comparison({ tenantId, spare: { databaseName } }: ComparisonProps) {
  const t = useMessages()
  const formats = useFormats()
  const { data, error, refetch } = useEndpoint(compareSpare, { params: { id: tenantId, databaseName } })
  if (error && !data) return <ErrorState error={error} onRetry={refetch} />
  if (!data) return <Skeleton width="100%" height={120} />
  const { differing, same } = differences(data.tables)
  return (
    <section aria-label={t('tenancy.comparison')} className="text-13">
      <p className="mb-2 text-ink-muted">
        {differing.length === 0
          ? t('tenancy.comparison.same', { count: same.length, shown: formats.integer(same.length) })
          : t('tenancy.comparison.differing', {
              count: differing.length,
              shown: formats.integer(differing.length),
              same: formats.integer(same.length),
            })}{' '}
        <DateText value={data.comparedAt} show="dayTime" />
      </p>
      {differing.length > 0 && <Rows tables={differing} />}
      {same.length > 0 && (
        <details className="mt-2">
          <summary className="w-fit cursor-pointer rounded-small text-12 text-ink-muted">
            {t('tenancy.comparison.others')}
          </summary>
          <Rows tables={same} />
        </details>
      )}
    </section>
  )
}

function Rows({ tables }: { tables: readonly Compared[] }) {
  const t = useMessages()
  const formats = useFormats()
  const head = 'py-1 font-medium text-12 text-ink-muted'
  return (
    <table className="w-full border-collapse tabular-nums">
      <thead>
        <tr className="border-b border-line">
          <th className={cx(head, 'text-left')}>{t('tenancy.comparison.table')}</th>
          <th className={cx(head, 'text-right')}>{t('tenancy.comparison.living')}</th>
          <th className={cx(head, 'text-right')}>{t('tenancy.comparison.beside')}</th>
          <th className={cx(head, 'w-20 text-right')}>{t('tenancy.comparison.gap')}</th>
        </tr>
      </thead>
      <tbody>
        {tables.map(({ table, living, spare, gap }) => (
          <tr key={table} className="border-b border-line last:border-b-0">
            <td className="py-1 pr-2">
              <code className="font-mono text-12 break-all">{table}</code>
            </td>
            <td className="py-1 text-right">{formats.integer(living)}</td>
            <td className="py-1 text-right">{formats.integer(spare)}</td>
            <td className={cx('py-1 text-right', gap !== 0 && 'font-medium text-warning-ink')}>
              {gap === 0
                ? t('tenancy.comparison.none')
                : `${gap > 0 ? '+' : '−'}${formats.integer(Math.abs(gap))}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

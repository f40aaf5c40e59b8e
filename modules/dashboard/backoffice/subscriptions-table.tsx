import type { Dashboard } from '#contract/dashboard'
import { cx } from '#platform/ui/cx.ts'
import { LiveFigure } from '#platform/ui/just-changed.tsx'
import { Link } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { numberCell, numberHead, rowHead, textHead } from '#platform/ui/figure-table.ts'
import { linesTo } from './lines.ts'
import { StatusSwatch, type SubscriptionStatus } from './status-look.tsx'

type SubscriptionsTableProps = {
  subscriptions: Dashboard['subscriptions']
  total: number
  active: SubscriptionStatus | null
  onActive: (status: SubscriptionStatus | null) => void
}

/** The legend of the bar, and the table behind it: one row a status. */
export function SubscriptionsTable({ subscriptions, total, active, onActive }: SubscriptionsTableProps) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <table
      aria-label={t('dashboard.subscriptions-chart')}
      className="w-full border-separate border-spacing-0 text-13"
    >
      <thead>
        <tr>
          <th scope="col" className={textHead}>
            {t('dashboard.status')}
          </th>
          <th scope="col" className={numberHead}>
            {t('dashboard.count')}
          </th>
          <th scope="col" className={numberHead}>
            {t('dashboard.share')}
          </th>
          <th scope="col" className={numberHead}>
            {t('dashboard.monthly-excl')}
          </th>
        </tr>
      </thead>
      <tbody>
        {subscriptions.map(({ status, count, monthlyCents, lines }) => (
          <tr
            key={status}
            onPointerEnter={() => onActive(count > 0 ? status : null)}
            onPointerLeave={() => onActive(null)}
            className={cx(active === status && 'bg-hover')}
          >
            <th scope="row" className={rowHead}>
              <Link
                to={linesTo(lines)}
                className="inline-flex items-center gap-2 rounded-small decoration-line-strong underline-offset-3 hover:underline"
              >
                <StatusSwatch status={status} />
                {t(`dashboard.subscription.${status}`)}
              </Link>
            </th>
            <td className={cx(numberCell, 'font-medium')}>
              <Link to={linesTo(lines)} className="rounded-small hover:underline">
                <LiveFigure value={formats.integer(count)} />
              </Link>
            </td>
            <td className={cx(numberCell, 'text-ink-muted')}>
              {formats.share(total === 0 ? null : count / total)}
            </td>
            <td className={numberCell}>
              <Link to={linesTo(lines)} className="rounded-small hover:underline">
                <LiveFigure value={formats.money(monthlyCents)} />
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

import type { Dashboard } from '#contract/dashboard'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { MISSING } from '#platform/ui/formats.ts'
import { linesTo } from './lines.ts'
import { changeSince } from './changes.ts'
import { numberCell, numberHead, rowHead, textHead } from '#platform/ui/figure-table.ts'

/** The figures of the revenue chart, for who reads rather than looks. */
export function RevenueTable({ months }: { months: Dashboard['revenueByMonth'] }) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <table
      aria-label={t('dashboard.revenue-chart')}
      className="w-full border-separate border-spacing-0 text-13"
    >
      <thead>
        <tr>
          <th scope="col" className={textHead}>
            {t('dashboard.month')}
          </th>
          <th scope="col" className={numberHead}>
            {t('dashboard.revenue-chart.this-year')}
          </th>
          <th scope="col" className={numberHead}>
            {t('dashboard.revenue-chart.year-before')}
          </th>
          <th scope="col" className={numberHead}>
            {t('dashboard.change')}
          </th>
        </tr>
      </thead>
      <tbody>
        {months.map((one) => (
          <tr key={one.month}>
            <th scope="row" className={rowHead}>
              <span className="inline-block first-letter:uppercase">{formats.month(one.month)}</span>
            </th>
            <td className={numberCell}>
              <TextLink to={linesTo(one.lines)}>{formats.money(one.exclCents)}</TextLink>
            </td>
            <td className={numberCell}>
              {one.yearBefore ? (
                <TextLink to={linesTo(one.yearBefore.lines)}>
                  {formats.money(one.yearBefore.exclCents)}
                </TextLink>
              ) : (
                MISSING
              )}
            </td>
            <td className={numberCell}>
              {formats.change(changeSince(one.yearBefore?.exclCents, one.exclCents))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

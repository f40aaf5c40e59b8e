import { DateText } from '#platform/ui/date-text.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import type { Hour } from './tries-scale.ts'

const head = 'border-b border-line py-1.5 text-12 font-medium text-ink-muted'
const cell = 'h-8 border-b border-line'

/** The figures of the chart, the latest hour first. */
export function TriesTable({ hours }: { hours: readonly Hour[] }) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <table
      aria-label={t('identity.security.tries')}
      className="w-full border-separate border-spacing-0 text-13"
    >
      <thead>
        <tr>
          <th scope="col" className={`${head} text-left`}>
            {t('identity.security.hour')}
          </th>
          <th scope="col" className={`${head} text-right`}>
            {t('identity.security.tries.failed')}
          </th>
          <th scope="col" className={`${head} text-right`}>
            {t('identity.security.tries.succeeded')}
          </th>
        </tr>
      </thead>
      <tbody>
        {hours.toReversed().map(({ from, failed, succeeded }) => (
          <tr key={from}>
            <th scope="row" className={`${cell} text-left font-regular`}>
              <DateText value={from} show="dayTime" />
            </th>
            <td className={`${cell} text-right tabular-nums`}>{formats.integer(failed)}</td>
            <td className={`${cell} text-right tabular-nums`}>{formats.integer(succeeded)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

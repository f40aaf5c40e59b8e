import { ticketsOf } from '#contract/support'
import { numberCell, numberHead, rowHead, textHead } from '#platform/ui/figure-table.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useBucketWords } from './bucket-words.ts'
import type { Bucket, Unit } from './buckets.ts'
import { FigureLink } from './figure-link.tsx'

const figures = ['opened', 'resolved', 'open'] as const

/** The picture's figures, the latest first. */
export function VolumeTable({
  buckets,
  unit,
  label,
}: {
  buckets: readonly Bucket[]
  unit: Unit
  label: string
}) {
  const t = useMessages()
  const words = useBucketWords(unit)
  return (
    <table aria-label={label} className="w-full border-separate border-spacing-0 text-13">
      <thead>
        <tr>
          <th scope="col" className={textHead}>
            {t('support.report.when')}
          </th>
          {figures.map((one) => (
            <th key={one} scope="col" className={numberHead}>
              {t(`support.report.${one}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {buckets.toReversed().map((bucket) => (
          <tr key={bucket.from}>
            <th scope="row" className={`${rowHead} first-letter:uppercase`}>
              {words.full(bucket)}
            </th>
            {figures.map((one) => (
              <td key={one} className={numberCell}>
                <FigureLink count={bucket[one]} tickets={ticketsOf[one](bucket)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

import { Hourglass } from 'lucide-react'
import { listSqlFleets } from '#contract/sql-console'
import { useEndpoint } from '#platform/ui/data.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Notice } from '../report/notice.tsx'
import { fleetsTo, fleetTo } from '../fleet/addresses.ts'

/** Above the requests for one database: those for many practices that wait for somebody. */
export function FleetsWaiting() {
  const t = useMessages()
  const formats = useFormats()
  const { data } = useEndpoint(
    listSqlFleets,
    { query: { execution: 'asked', limit: 1 } },
    { keepPrevious: true },
  )
  const total = data?.total ?? 0
  const [first] = data?.rows ?? []
  if (!first || total === 0) return null
  return (
    <div className="mb-4">
      <Notice
        look="warning"
        icon={Hourglass}
        title={t('sql.fleets.asked', { count: total, shown: formats.integer(total) })}
        act={
          <ButtonLink to={total === 1 ? fleetTo(first.id) : fleetsTo({ execution: 'asked' })} size="small">
            {t('sql.fleet.see')}
          </ButtonLink>
        }
      >
        <p>{t('sql.fleets.asked.help')}</p>
      </Notice>
    </div>
  )
}

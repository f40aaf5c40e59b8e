import { listSqlTargets } from '#contract/sql-console'
import { useEndpoint } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Band } from '../editor/target-bar.tsx'

/** All databases of one installation are of one world; the central one says which. */
export function useEnvironment() {
  return useEndpoint(listSqlTargets, { query: { search: '' } }, { keepPrevious: true }).data?.central
    .environment
}

/** Over what goes to many practices, as over what goes to one: which world it is. */
export function FleetBand({ count }: { count: number | undefined }) {
  const t = useMessages()
  const formats = useFormats()
  const environment = useEnvironment()
  if (!environment) return <div aria-hidden className="mb-4 h-7 rounded-card border border-line bg-sunken" />
  return (
    <div className="mb-4 [&>p]:rounded-b-card">
      <Band environment={environment}>
        {count === undefined
          ? t('sql.fleets')
          : t('sql.fleet.count', { count, shown: formats.integer(count) })}
      </Band>
    </div>
  )
}

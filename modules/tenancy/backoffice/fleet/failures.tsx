import type { FleetMigration } from '#contract/tenancy'
import { DateText } from '#platform/ui/date-text.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { tenantTo } from '../addresses.ts'

/** Which tenants it failed on, and what PostgreSQL said. */
export function Failures({ failures }: Pick<FleetMigration, 'failures'>) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <section aria-label={t('tenancy.migration.failures')} className="mt-3 border-t border-line pt-3">
      <h3 className="text-13 font-semibold">
        {t('tenancy.migration.failures.count', {
          count: failures.length,
          shown: formats.integer(failures.length),
        })}
      </h3>
      <ul className="mt-1">
        {failures.map(({ tenantId, name, attempts, error, at }) => (
          <li
            key={tenantId}
            className="grid gap-x-4 gap-y-0.5 border-t border-line py-2 text-13 first:border-t-0 sm:grid-cols-[14rem_minmax(0,1fr)_auto]"
          >
            <TextLink to={tenantTo(tenantId)} className="min-w-0 truncate">
              {name}
            </TextLink>
            <code className="min-w-0 font-mono text-12 break-words">{error}</code>
            <span className="text-12 text-ink-muted">
              {t('tenancy.migration.attempts', { count: attempts })} · <DateText value={at} show="dayTime" />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

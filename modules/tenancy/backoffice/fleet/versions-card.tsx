import type { Fleet } from '#contract/tenancy'
import { Card } from '#platform/ui/card.tsx'
import { cx } from '#platform/ui/cx.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { bareName } from './bare-name.ts'
import { Badge } from '#platform/ui/badge.tsx'

type Version = Fleet['versions'][number]

/** How many tenants have which schema: a bar each, the newest on top. */
export function VersionsCard({ fleet }: { fleet: Fleet }) {
  const t = useMessages()
  const formats = useFormats()
  const { currentVersion, oldestServed, migrations } = fleet
  const versions = withCurrent(fleet)
  const most = Math.max(1, ...versions.map(({ tenants }) => tenants))
  const total = versions.reduce((sum, { tenants }) => sum + tenants, 0)
  return (
    <Card title={t('tenancy.card.versions')}>
      <ul className="flex flex-col gap-3">
        {versions.map(({ version, tenants }) => (
          <li key={version} className="text-13">
            <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
              <span className="font-medium tabular-nums">
                {t('tenancy.version.of', { version: formats.integer(version) })}
              </span>
              <span className="min-w-0 truncate text-12 text-ink-muted">
                {bareName(migrations.find((one) => one.version === version)?.name)}
              </span>
              {version < oldestServed || version > currentVersion ? (
                <Badge tone="danger">{t('tenancy.version.refused')}</Badge>
              ) : version < currentVersion ? (
                <Badge tone="warning">{t('tenancy.version.old')}</Badge>
              ) : (
                <Badge tone="success">{t('tenancy.version.newest')}</Badge>
              )}
              <span className="ml-auto tabular-nums">
                {t('tenancy.fleet.tenants', { count: tenants, shown: formats.integer(tenants) })}
                {total > 0 && (
                  <span className="ml-2 text-12 text-ink-muted">{formats.share(tenants / total)}</span>
                )}
              </span>
            </div>
            <div aria-hidden className="mt-1 h-3 rounded-small bg-sunken">
              <div
                className={cx(
                  'h-3 rounded-small',
                  version < oldestServed || version > currentVersion
                    ? 'bg-danger'
                    : version < currentVersion
                      ? 'bg-warning'
                      : 'bg-accent',
                )}
                style={{ width: tenants === 0 ? 0 : `max(3px, ${(100 * tenants) / most}%)` }}
              />
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** The version of this release stands there from the start, with nobody on it yet. */
function withCurrent({ versions, currentVersion }: Fleet): readonly Version[] {
  return versions.some(({ version }) => version === currentVersion)
    ? versions
    : [{ version: currentVersion, tenants: 0 }, ...versions].toSorted((a, b) => b.version - a.version)
}

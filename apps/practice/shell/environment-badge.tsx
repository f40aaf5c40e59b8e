import { getMemberEnvironment } from '#contract/identity'
import { Badge } from '#platform/ui/badge.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'

/** An installation that is not the real one says so; the real one needs no word. */
export function EnvironmentBadge() {
  const t = useMessages()
  const { data } = useEndpoint(getMemberEnvironment)
  if (!data || data.name === 'production') return null
  return (
    <span className="max-sm:hidden">
      <Badge tone={data.name === 'staging' ? 'warning' : 'info'}>
        {t(`identity.environment.${data.name}`)}
      </Badge>
    </span>
  )
}

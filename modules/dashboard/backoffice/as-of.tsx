import type { Dashboard } from '#contract/dashboard'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'

/** When the figures were read, to the second: news read them again. */
export function AsOf({ dashboard }: { dashboard: Dashboard }) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <time dateTime={dashboard.asOf} title={formats.exact(dashboard.asOf)} data-as-of>
      {t('dashboard.as-of', { time: formats.clock(dashboard.asOf) })}
    </time>
  )
}

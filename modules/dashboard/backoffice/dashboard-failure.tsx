import { CalendarX2 } from 'lucide-react'
import { problemsByField } from '#platform/ui/api-error.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'

/** A month that makes no sense is a wrong address, with a way out; anything else can be tried again. */
export function DashboardFailure({ error, onRetry }: { error: unknown; onRetry: () => unknown }) {
  const t = useMessages()
  const wrongMonth = problemsByField(error).month
  if (wrongMonth === undefined) return <ErrorState error={error} onRetry={onRetry} />
  return (
    <div role="alert">
      <EmptyState
        icon={CalendarX2}
        title={wrongMonth}
        action={<ButtonLink to="/dashboard">{t('dashboard.running-month')}</ButtonLink>}
      />
    </div>
  )
}

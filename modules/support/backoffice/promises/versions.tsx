import { DateText } from '#platform/ui/date-text.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

type VersionsProps = {
  current: string
  versions: readonly { id: string; inForceFrom: string; by: string | null }[]
}

/** What holds, what will, and what did: nothing of it is ever changed in place. */
export function Versions({ current, versions }: VersionsProps) {
  const t = useMessages()
  const at = versions.findIndex(({ id }) => id === current)
  return (
    <details className="text-12 text-ink-muted">
      <summary className="w-fit cursor-pointer rounded-small py-1">
        {t('support.sla.versions', { count: versions.length })}
      </summary>
      <ul className="mt-1 flex flex-col gap-1">
        {versions.map(({ id, inForceFrom, by }, place) => (
          <li key={id} className="flex flex-wrap gap-x-2">
            <span className={id === current ? 'font-medium text-ink' : ''}>
              {t(
                place < at
                  ? 'support.sla.version.later'
                  : place === at
                    ? 'support.sla.version.now'
                    : 'support.sla.version.former',
              )}
            </span>
            <DateText value={inForceFrom} show="dayTime" />
            {by && <span>{by}</span>}
          </li>
        ))}
      </ul>
    </details>
  )
}

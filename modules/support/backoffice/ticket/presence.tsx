import type { getTicketPresence } from '#contract/support'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { Avatar } from '#platform/ui/avatar.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

type PresenceProps = { people: OutputOf<typeof getTicketPresence>['rows'] }

/** « Karim Benali écrit… »: who else has the ticket open. */
export function Presence({ people }: PresenceProps) {
  const t = useMessages()
  return (
    <output className="flex flex-wrap items-center gap-2 text-12 text-ink-muted empty:hidden">
      {people.map(({ id, name, doing }) => (
        <span key={id} className="inline-flex items-center gap-1.5">
          <Avatar name={name} />
          <span className={doing === 'writing' ? 'font-medium text-ink' : undefined}>
            {t(`support.presence.${doing}`, { name })}
          </span>
        </span>
      ))}
    </output>
  )
}

import { ShieldMinus, ShieldPlus } from 'lucide-react'
import { useState } from 'react'
import type { StaffDetail } from '#contract/identity'
import { Button } from '#platform/ui/button.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { roleEvents } from './role-events.ts'
import { roleName } from './staff-words.tsx'

const SHORT = 6

/** Who gave and took which role, newest first. */
export function RoleHistory({ history }: { history: StaffDetail['roleHistory'] }) {
  const t = useMessages()
  const [whole, setWhole] = useState(false)
  const events = roleEvents(history)
  return (
    <>
      <ol className="flex flex-col">
        {(whole ? events : events.slice(0, SHORT)).map(({ kind, role, at, by }) => {
          const Icon = kind === 'given' ? ShieldPlus : ShieldMinus
          const words = { role: roleName(role, t), by }
          return (
            <li key={`${kind} ${role.id} ${at}`} className="group relative flex gap-3 pb-3 text-13 last:pb-0">
              {/* The thread from one event to the one before it. */}
              <span
                aria-hidden
                className="absolute top-6 bottom-0 left-3 w-px -translate-x-1/2 bg-line group-last:hidden"
              />
              <span className="flex size-6 shrink-0 items-center justify-center rounded-full bg-neutral-soft text-neutral-ink">
                <Icon aria-hidden size={13} />
              </span>
              <div className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-3 pt-0.5">
                <p className="min-w-0">
                  {by === null
                    ? t(`identity.staff.role-history.${kind}`, words)
                    : t(`identity.staff.role-history.${kind}.by`, words)}
                </p>
                <p className="ml-auto text-12 text-ink-muted max-sm:ml-0 max-sm:basis-full">
                  <DateText value={at} show="both" />
                </p>
              </div>
            </li>
          )
        })}
      </ol>
      {events.length > SHORT && !whole && (
        <Button variant="ghost" className="mt-2 -ml-3" onClick={() => setWhole(true)}>
          {t('identity.staff.role-history.more', { count: events.length - SHORT })}
        </Button>
      )}
    </>
  )
}

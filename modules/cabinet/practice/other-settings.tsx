import { Bell, ChevronRight, Clock, FileClock, type LucideIcon, Tags, UsersRound } from 'lucide-react'
import { Card } from '#platform/ui/card.tsx'
import { Link } from '#platform/ui/link.tsx'
import type { MessageKey } from '#platform/ui/messages.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'

/** Where else something is set: each stands with the work it is about. */
const places: readonly { to: string; label: MessageKey; icon: LucideIcon; needs: string }[] = [
  { to: '/agenda/availability', label: 'cabinet.settings.hours', icon: Clock, needs: 'agenda.manage' },
  { to: '/agenda/acts', label: 'cabinet.settings.acts', icon: Tags, needs: 'agenda.settings' },
  { to: '/messages/reminders', label: 'cabinet.settings.reminders', icon: Bell, needs: 'reminders.send' },
  {
    to: '/patients/retention',
    label: 'cabinet.settings.retention',
    icon: FileClock,
    needs: 'patients.requests',
  },
  { to: '/members', label: 'cabinet.settings.members', icon: UsersRound, needs: 'cabinet.members' },
]

export function OtherSettings() {
  const t = useMessages()
  const may = useMay()
  return (
    <Card flush title={t('cabinet.settings.others')}>
      <ul className="mt-2">
        {places
          .filter(({ needs }) => may(needs))
          .map(({ to, label, icon: Icon }) => (
            <li key={to} className="border-t border-line">
              <Link
                to={to}
                className="flex min-h-11 items-center gap-3 px-4 text-13 transition-colors hover:bg-hover"
              >
                <Icon aria-hidden size={16} className="shrink-0 text-ink-muted" />
                <span className="min-w-0 flex-1">{t(label)}</span>
                <ChevronRight aria-hidden size={16} className="shrink-0 text-ink-faint" />
              </Link>
            </li>
          ))}
      </ul>
    </Card>
  )
}

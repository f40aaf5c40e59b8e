import { CalendarClock, Check, CircleSlash, Clock, type LucideIcon, UserX } from 'lucide-react'
import type { AppointmentStatus } from '#contract/agenda'
import type { Tone } from '#platform/ui/badge.tsx'

export const isCancelled = (status: AppointmentStatus) =>
  status === 'cancelled' || status === 'late_cancelled'

/** Each state by an icon and a tone; the word stands beside, or in the label. */
export const statusLooks: Record<AppointmentStatus, { icon: LucideIcon; tone: Tone }> = {
  planned: { icon: CalendarClock, tone: 'info' },
  kept: { icon: Check, tone: 'success' },
  cancelled: { icon: CircleSlash, tone: 'neutral' },
  late_cancelled: { icon: Clock, tone: 'warning' },
  no_show: { icon: UserX, tone: 'danger' },
}

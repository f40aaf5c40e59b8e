/** Which cancellations come too late by the practice's own rule: of a patient's appointment, within its window. */
import type { House } from './house.ts'

type Meant = { patientId: string | null; startsAt: Date }

export function cancelAs(
  { patientId, startsAt }: Meant,
  { lateWindowHours }: Pick<House, 'lateWindowHours'>,
  now: Date,
): 'cancelled' | 'late_cancelled' {
  const hoursLeft = (startsAt.getTime() - now.getTime()) / 3_600_000
  return patientId !== null && hoursLeft < lateWindowHours ? 'late_cancelled' : 'cancelled'
}

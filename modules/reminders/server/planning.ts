import type { Channel } from '#contract/reminders'
import { uuidv7 } from '#platform/server/ids.ts'
import type { TenantDb } from '#platform/server/tenant-db.ts'
import { smsIsThere } from './carriers.ts'
import type { Parts } from './parts.ts'
import {
  type DueReminder,
  insertReminder,
  insertReminderAnew,
  reminded,
  remindersDue,
} from './planning-queries.ts'
import { practiceFacts, practiceNow } from './practice-queries.ts'
import { reachOf } from './reaching.ts'
import { reminderText, saysWhen } from './texts.ts'

/** Nobody's telephone rings in the night, whatever was left undone by day. */
export const isDaytime = (hour: number): boolean => hour >= 8 && hour < 21

/**
 * Writes down the reminders that are due in a practice: each appointment's once a channel, and anew where it was moved
 * after its patient was told another hour.
 */
export async function planReminders(
  db: TenantDb,
  { clock, sentences, carriers }: Pick<Parts, 'clock' | 'sentences' | 'carriers'>,
): Promise<void> {
  const practice = await practiceFacts(db)
  const { now, today, hour } = practiceNow(practice, clock)
  if (!isDaytime(hour)) return
  const days: Record<Channel, number | null> = {
    sms: smsIsThere(carriers) ? practice.smsDays : null,
    email: practice.emailDays,
  }
  for (const channel of ['sms', 'email'] as const) {
    const before = days[channel]
    if (before === null) continue
    const planned = async ({ id: appointmentId, patientId, startsLocal, place }: DueReminder) => {
      const reached = await reachOf(db, patientId, today)
      const recipient = reached?.[channel]?.to
      if (recipient === undefined) return null
      const text = reminderText(channel, sentences, practice, { startsLocal, place })
      return { id: uuidv7(now.getTime()), channel, patientId, appointmentId, recipient, ...text }
    }
    for (const due of await remindersDue(db, channel, before, now)) {
      const reminder = await planned(due)
      if (reminder) await insertReminder(db, reminder, now)
    }
    for (const { toldBy, told, body, ...due } of await reminded(db, channel, before, now)) {
      if (told === due.patientId && saysWhen(channel, body, due.startsLocal)) continue
      const reminder = await planned(due)
      if (reminder) await insertReminderAnew(db, { ...reminder, resendOf: toldBy }, now)
    }
  }
}

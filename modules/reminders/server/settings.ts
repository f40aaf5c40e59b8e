import { practiceChanged } from '#contract/cabinet'
import { getReminderSettings, updateReminderSettings, type ReminderSettings } from '#contract/reminders'
import { handleInTenant, refuse, type TenantHandler } from '#platform/server/requests.ts'
import type { TenantDb } from '#platform/server/tenant-db.ts'
import { smsIsThere } from './carriers.ts'
import type { Parts } from './parts.ts'
import { changeReminders, practiceFacts, practiceNow } from './practice-queries.ts'
import { addressOfHouse, reminderText } from './texts.ts'

export function settings({ clock, sentences, carriers }: Parts): readonly TenantHandler[] {
  async function shownSettings(db: TenantDb): Promise<ReminderSettings> {
    const practice = await practiceFacts(db)
    const { today } = practiceNow(practice, clock)
    const day = Temporal.PlainDate.from(today).add({ days: 7 }).toString()
    const appointed = { startsLocal: `${day}T09:00`, place: 'office' as const }
    const { emailDays, smsDays, hour, revision, phone } = practice
    return {
      revision,
      emailDays,
      smsDays,
      hour,
      smsAvailable: smsIsThere(carriers),
      captured: carriers.captures.sms || carriers.captures.email,
      missing: [
        ...(phone === '' ? (['phone'] as const) : []),
        ...(addressOfHouse(practice) === '' ? (['address'] as const) : []),
      ],
      preview: {
        sms: reminderText('sms', sentences, practice, appointed).body,
        email: reminderText('email', sentences, practice, appointed),
      },
    }
  }

  return [
    handleInTenant(getReminderSettings, ({ db }) => shownSettings(db)),

    handleInTenant(updateReminderSettings, async (ctx, { body: { revision, ...said } }) => {
      const { emailDays, smsDays, hour } = await practiceFacts(ctx.db)
      if (!(await changeReminders(ctx.db, revision, said, ctx.clock.now())))
        throw refuse(practiceChanged, { details: { current: await shownSettings(ctx.db) } })
      ctx.record({ before: { emailDays, smsDays, hour }, after: said })
      return shownSettings(ctx.db)
    }),
  ]
}

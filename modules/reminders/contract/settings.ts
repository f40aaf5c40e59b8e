/** When reminders leave by themselves, and what they say. */
import { z } from 'zod'
import { practiceChanged } from '#contract/cabinet'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Revision } from '#platform/contract/ids.ts'
import { member } from './message.ts'

/** Days before, or none. */
const Days = z.int().min(1).max(14).nullable()

export const ReminderSettings = z.object({
  revision: z.int(),
  emailDays: Days,
  smsDays: Days,
  /** Of the practice's own day. */
  hour: z.int().min(8).max(20),
  /** False: no carrier was set up here, and no SMS leaves. */
  smsAvailable: z.boolean(),
  /** Outside production messages are kept, and leave for nobody. */
  captured: z.boolean(),
  /** What the texts lack, to be filled in among the practice's settings. */
  missing: z.array(z.enum(['phone', 'address'])),
  /** Exactly as they would leave for an appointment at nine in the morning a week from today. */
  preview: z.object({
    sms: z.string(),
    email: z.object({ subject: z.string(), body: z.string() }),
  }),
})
export type ReminderSettings = z.infer<typeof ReminderSettings>

export const getReminderSettings = endpoint({
  ...member,
  method: 'GET',
  path: '/reminders',
  may: 'reminders.read',
  summary: 'When reminders of appointments leave, and what they say',
  output: ReminderSettings,
  refreshedBy: ['practice', 'reminders'],
})

export const updateReminderSettings = endpoint({
  ...member,
  method: 'PUT',
  path: '/reminders',
  may: 'cabinet.manage',
  records: 'reminders.updated',
  summary: 'Sets how many days before an appointment a reminder leaves by each channel, and at which hour',
  input: {
    body: z.object({
      revision: Revision,
      emailDays: Days,
      smsDays: Days,
      hour: z.int().min(8).max(20),
    }),
  },
  output: ReminderSettings,
  refusals: [practiceChanged],
  touches: ['practice', 'reminders'],
})

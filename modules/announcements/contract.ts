/** The vendor's message of the day: a short dated text, written by staff, read in the practice app. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant, Revision, text } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'

export const permissions = ['announcements.publish'] as const
export const topics = { announcements: 'announcements.publish' } as const

export const audiences = ['everyone', 'practitioner', 'secretary'] as const
export const Audience = z.enum(audiences)
export type Audience = z.infer<typeof Audience>

/** Whether it is shown: `planned` begins later, `over` was shown. By the day in Paris. */
export const announcementStates = ['current', 'planned', 'over', 'removed'] as const
export type AnnouncementState = (typeof announcementStates)[number]

const words = z.object({
  bodyFr: text(600).trim().min(1),
  /** Empty: English readers are shown the French one. */
  bodyEn: text(600).trim(),
  /** Where more is said. */
  link: z
    .url({ protocol: /^https$/ })
    .max(500)
    .nullable(),
  fromOn: Day,
  untilOn: Day,
  audience: Audience,
})
export type AnnouncementWords = z.infer<typeof words>

export const Announcement = words.extend({
  id: Id,
  state: z.enum(announcementStates),
  revision: z.int(),
  createdAt: Instant,
  createdBy: z.string().nullable(),
})
export type Announcement = z.infer<typeof Announcement>

/** Somebody else was faster; `details.current` is what stands now. */
export const announcementChanged = refusal('announcement_changed')
/** The last day lies before the first. */
export const announcementEndsTooSoon = refusal('announcement_ends_too_soon', 422)

const staff = {
  realm: 'staff',
  may: 'announcements.publish',
  stepUp: false,
  touches: ['announcements'],
} as const
const one = { params: z.object({ id: Id }) }

export const listAnnouncements = endpoint({
  method: 'GET',
  path: '/announcements',
  realm: 'staff',
  may: 'announcements.publish',
  summary:
    'The messages of the day: those shown today first, then what is planned, then what is over; 200 at most',
  output: z.object({ rows: z.array(Announcement) }),
  refreshedBy: ['announcements'],
})

export const addAnnouncement = endpoint({
  ...staff,
  method: 'POST',
  path: '/announcements',
  records: 'announcement.added',
  summary: 'Plans a message of the day',
  input: { body: words },
  output: Announcement,
  status: 201,
  refusals: [announcementEndsTooSoon],
})

export const changeAnnouncement = endpoint({
  ...staff,
  method: 'PUT',
  path: '/announcements/:id',
  records: 'announcement.changed',
  summary: 'Changes a message of the day, for everybody who has not closed it',
  input: { ...one, body: words.extend({ revision: Revision }) },
  output: Announcement,
  refusals: [announcementChanged, announcementEndsTooSoon],
})

export const removeAnnouncement = endpoint({
  ...staff,
  method: 'POST',
  path: '/announcements/:id/removal',
  records: 'announcement.removed',
  summary: 'Takes a message of the day away at once',
  input: one,
  output: Announcement,
})

export const restoreAnnouncement = endpoint({
  ...staff,
  method: 'DELETE',
  path: '/announcements/:id/removal',
  records: 'announcement.restored',
  summary: 'Puts a message back that was taken away',
  input: one,
  output: Announcement,
})

export const MessageOfTheDay = z.object({
  id: Id,
  body: z.string(),
  link: z.string().nullable(),
  /** The reader’s language, or French where there is no other. */
  language: z.enum(['fr', 'en']),
})
export type MessageOfTheDay = z.infer<typeof MessageOfTheDay>

export const getMessagesOfTheDay = endpoint({
  method: 'GET',
  path: '/messages-of-the-day',
  realm: 'member',
  may: 'signed_in',
  summary: 'What the vendor has to say today to whoever asks, the newest first; three at most',
  output: z.object({ rows: z.array(MessageOfTheDay) }),
})

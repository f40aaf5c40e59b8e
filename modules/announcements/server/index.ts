import {
  addAnnouncement,
  announcementChanged,
  announcementEndsTooSoon,
  changeAnnouncement,
  getMessagesOfTheDay,
  listAnnouncements,
  removeAnnouncement,
  restoreAnnouncement,
  type Announcement,
  type AnnouncementWords,
} from '#contract/announcements'
import { dayOf } from '#platform/server/clock.ts'
import { found, handle, refuse, type Context, type Handler } from '#platform/server/requests.ts'
import {
  announcementRow,
  announcementRows,
  changeWords,
  insertAnnouncement,
  setRemoved,
  shownToday,
  type AnnouncementRow,
} from './queries.ts'

const listed = 200
const shownAtOnce = 3

export const announcementHandlers: readonly Handler[] = [
  handle(listAnnouncements, async (ctx) => ({
    rows: (await announcementRows(ctx.db, today(ctx), listed)).map(shown),
  })),

  handle(addAnnouncement, async (ctx, { body }) => {
    checkDays(body)
    const id = await insertAnnouncement(ctx.db, {
      ...body,
      createdBy: ctx.actor.staffId,
      createdAt: ctx.clock.now(),
    })
    ctx.record({ object: 'announcement', id, after: body })
    return one(ctx, id)
  }),

  handle(changeAnnouncement, async (ctx, { params: { id }, body: { revision, ...words } }) => {
    checkDays(words)
    const before = await one(ctx, id)
    if (!(await changeWords(ctx.db, id, revision, words)))
      throw refuse(announcementChanged, { details: { current: await one(ctx, id) } })
    ctx.record({ object: 'announcement', id, before: wordsOf(before), after: words })
    return one(ctx, id)
  }),

  handle(removeAnnouncement, async (ctx, { params: { id } }) => {
    const before = await one(ctx, id)
    await setRemoved(ctx.db, id, ctx.clock.now())
    ctx.record({ object: 'announcement', id, before: wordsOf(before) })
    return one(ctx, id)
  }),

  handle(restoreAnnouncement, async (ctx, { params: { id } }) => {
    const before = await one(ctx, id)
    await setRemoved(ctx.db, id, null)
    ctx.record({ object: 'announcement', id, after: wordsOf(before) })
    return one(ctx, id)
  }),

  handle(getMessagesOfTheDay, async (ctx) => {
    const { profile, language } = ctx.member
    const rows = await shownToday(ctx.db, profile, today(ctx), shownAtOnce)
    return {
      rows: rows.map(({ id, bodyFr, bodyEn, link }) =>
        language === 'en' && bodyEn !== ''
          ? { id, link, body: bodyEn, language: 'en' as const }
          : { id, link, body: bodyFr, language: 'fr' as const },
      ),
    }
  }),
]

const today = (ctx: Pick<Context, 'clock'>) => dayOf(ctx.clock.now())

function checkDays({ fromOn, untilOn }: AnnouncementWords) {
  if (untilOn < fromOn) throw refuse(announcementEndsTooSoon)
}

async function one(ctx: Pick<Context, 'db' | 'clock'>, id: string): Promise<Announcement> {
  return shown(found(await announcementRow(ctx.db, id, today(ctx))))
}

function shown(row: AnnouncementRow): Announcement {
  return {
    ...row,
    audience: row.audience as Announcement['audience'], // checked by the table
    state: row.state as Announcement['state'], // as the query writes it
    createdAt: row.createdAt.toISOString(),
  }
}

function wordsOf({ bodyFr, bodyEn, link, fromOn, untilOn, audience }: Announcement): AnnouncementWords {
  return { bodyFr, bodyEn, link, fromOn, untilOn, audience }
}

import { practiceChanged } from '#contract/cabinet'
import {
  applyRetention,
  getRetention,
  retentionMoved,
  retentionShown,
  retentionWordWrong,
  setRetention,
  type Retention,
} from '#contract/patients'
import { handleInTenant, refuse, type TenantContext, type TenantHandler } from '#platform/server/requests.ts'
import type { Sentences } from '#platform/server/sentences.ts'
import { erase, heldOf, told } from './erasing-queries.ts'
import { practiceNow } from './practice-day.ts'
import { archiveAll, changeRule, concerned, holdPatients, ruleOf, type Rule } from './retaining-queries.ts'

/** How long files are kept: nothing happens by itself, a practitioner reads who is concerned and says so. */
export function retaining({ sentences }: { sentences: Sentences }): readonly TenantHandler[] {
  return [
    handleInTenant(getRetention, (ctx, { query }) => shownRetention(ctx, query)),

    handleInTenant(setRetention, async (ctx, { body: { revision, ...rule } }) => {
      const { activeYears, archiveYears } = await ruleOf(ctx.db)
      if (!(await changeRule(ctx.db, revision, rule, ctx.clock.now())))
        throw refuse(practiceChanged, { details: { current: await shownRetention(ctx, {}) } })
      ctx.record({ before: { activeYears, archiveYears }, after: rule })
      return shownRetention(ctx, {})
    }),

    handleInTenant(applyRetention, async (ctx, { body: { act, count, typed } }) => {
      const word = sentences.say(ctx.request.language, `patients.retention.word.${act}`)
      if (typed.trim().toLowerCase() !== word.toLowerCase()) throw refuse(retentionWordWrong)
      const { db } = ctx
      const rule = await ruleOf(db)
      const { now, ...day } = await practiceNow(db, ctx.clock)
      const asked = async () => (await concerned(db, act, rule, day)).map(({ id }) => id)
      // Held, then asked again: whoever was booked meanwhile is concerned no more.
      await holdPatients(db, await asked())
      const ids = await asked()
      if (ids.length !== count) throw refuse(retentionMoved)
      const held = act === 'erase' ? told(await heldOf(db, ids, ctx.member)) : undefined
      if (act === 'erase') await erase(db, ids, now)
      else await archiveAll(db, ids, now)
      const { activeYears, archiveYears } = rule
      ctx.record({ count, after: { act, activeYears, archiveYears, ids, ...held } })
      return { count }
    }),
  ]
}

type Thought = { [Name in keyof Rule]?: Rule[Name] | undefined }

async function shownRetention({ db, clock }: TenantContext, thought: Thought): Promise<Retention> {
  const rule = await ruleOf(db)
  const { timeZone, today } = await practiceNow(db, clock)
  const preview = {
    activeYears: thought.activeYears ?? rule.activeYears,
    archiveYears: thought.archiveYears ?? rule.archiveYears,
  }
  const due = async (act: 'archive' | 'erase') => {
    const rows = await concerned(db, act, preview, { timeZone, today })
    return { count: rows.length, rows: rows.slice(0, retentionShown) }
  }
  return { ...rule, today, archive: await due('archive'), erase: await due('erase') }
}

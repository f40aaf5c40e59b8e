/** What one person may say alone: everything but where money goes. */
import { saveBillingSettings, type SettingContents, type SettingKind } from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { found, handle, type Context } from '#platform/server/requests.ts'
import { checkAppearance, checkBeginning, checkTerms, checkTexts } from './checking.ts'
import { theMainCompany } from './in-force-queries.ts'
import { checkNumbering } from './prefixes.ts'
import { approvedOf, decide, holdCompany, insertVersion } from './queries.ts'

export const savingSettings = handle(saveBillingSettings, async (ctx, { body }) => {
  const { kind, content, inForceFrom } = body
  const companyId = await companyHeld(ctx.db, body.companyId)
  await checkBeginning(ctx.db, { companyId, kind, inForceFrom }, dayOf(ctx.clock.now()))
  if (body.kind === 'terms') await checkTerms(ctx.db, body.content, inForceFrom)
  if (body.kind === 'numbering') await checkNumbering(ctx.db, companyId, body.content)
  if (body.kind === 'appearance') checkAppearance(body.content)
  await checkTexts(
    ctx.db,
    { texts: content, place: 'content', goesBy: kind === 'dunning' ? 'mail' : 'paper' },
    dayOf(ctx.clock.now()),
  )
  const before = await giveWay(ctx, companyId, kind, inForceFrom)
  const at = ctx.clock.now()
  const by = ctx.actor.staffId
  const id = await insertVersion(ctx.db, {
    companyId,
    kind,
    inForceFrom,
    content,
    state: 'approved',
    proposedBy: by,
    proposedAt: at,
    decidedBy: by,
    decidedAt: at,
  })
  ctx.record({
    object: 'billing_settings',
    id,
    ...(before !== undefined && { before: told(kind, before) }),
    after: { kind, inForceFrom, ...told(kind, content) },
  })
  return { id }
})

/** The company meant, which nobody else changes until the transaction ends. */
export async function companyHeld(db: CentralDb, companyId: string | undefined): Promise<string> {
  return found(await holdCompany(db, companyId ?? (await theMainCompany(db)).id)).id
}

/**
 * Another version that begins the same day is taken back for the new one.
 * @returns what holds on that day without the new one
 */
export async function giveWay(
  ctx: Pick<Context, 'db' | 'actor' | 'clock'>,
  companyId: string,
  kind: SettingKind,
  inForceFrom: string,
): Promise<unknown> {
  const approved = await approvedOf(ctx.db, companyId, kind)
  const before = approved.find((one) => one.inForceFrom <= inForceFrom)
  if (before?.inForceFrom === inForceFrom)
    await decide(ctx.db, before.id, 'approved', {
      state: 'withdrawn',
      decidedBy: ctx.actor.staffId,
      decidedAt: ctx.clock.now(),
    })
  return before?.content
}

/** As the log says it: a picture is told by its size. */
export function told(kind: SettingKind, content: unknown): Record<string, unknown> {
  const says = content as Record<string, unknown> // every kind's content is an object
  if (kind !== 'appearance') return says
  const { logo, ...rest } = content as SettingContents['appearance'] // by its kind
  return { ...rest, logo: logo && { mediaType: logo.mediaType, characters: logo.base64.length } }
}

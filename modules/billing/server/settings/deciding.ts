/** Where money goes two people answer for: one proposes, another approves, and everybody concerned is told. */
import {
  approveBank,
  bankApproved,
  ownProposal,
  proposalNotYours,
  proposalOver,
  proposalWaits,
  proposeBank,
  refuseBank,
  settingBegun,
  withdrawSetting,
} from '#contract/billing'
import { peopleWith } from '#server/access'
import { dayOf } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { found, handle, refuse, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { checkBank, checkBeginning, checkTexts } from './checking.ts'
import { endingOf } from './listing.ts'
import { approvedOf, decide, holdCompany, insertVersion, versionById, waits } from './queries.ts'
import { companyHeld, giveWay, told } from './saving.ts'

type On = Pick<Parts, 'mail' | 'backofficeUrl'>

export const decidingSettings = (on: On): readonly Handler[] => [
  handle(proposeBank, async (ctx, { body: { companyId: wanted, inForceFrom, content } }) => {
    const companyId = await companyHeld(ctx.db, wanted)
    await checkBeginning(ctx.db, { companyId, kind: 'bank', inForceFrom }, dayOf(ctx.clock.now()))
    checkBank(content)
    await checkTexts(
      ctx.db,
      { texts: { holder: content.holder }, place: 'content', goesBy: 'paper', also: [content.iban] },
      dayOf(ctx.clock.now()),
    )
    if (await waits(ctx.db, companyId, 'bank')) throw refuse(proposalWaits)
    const { staffId: proposedBy, name } = ctx.actor
    const id = await insertVersion(ctx.db, {
      companyId,
      kind: 'bank',
      inForceFrom,
      content,
      state: 'proposed',
      proposedBy,
      proposedAt: ctx.clock.now(),
    })
    const [former] = await approvedOf(ctx.db, companyId, 'bank')
    ctx.record({
      object: 'billing_settings',
      id,
      ...(former && { before: told('bank', former.content) }),
      after: { inForceFrom, ...content },
    })
    await tellPeople(ctx.db, on, {
      template: 'billing.mail.bank_proposed',
      values: { by: name, ending: endingOf(content) },
      but: proposedBy,
    })
    return { id }
  }),

  handle(approveBank, async (ctx, { params: { id } }) => {
    const { staffId: decidedBy, name } = ctx.actor
    const version = await held(ctx.db, id)
    const today = dayOf(ctx.clock.now())
    const former = await approvedOf(ctx.db, version.companyId, 'bank')
    // Approved late it would say of days gone by what did not hold then.
    if (version.state !== 'proposed' || (version.inForceFrom < today && former.length > 0))
      throw refuse(proposalOver)
    if (version.proposedBy === decidedBy) throw refuse(ownProposal)
    const before = await giveWay(ctx, version.companyId, 'bank', version.inForceFrom)
    await decide(ctx.db, id, 'proposed', { state: 'approved', decidedBy, decidedAt: ctx.clock.now() })
    ctx.record({
      object: 'billing_settings',
      id,
      ...(before !== undefined && { before: told('bank', before) }),
      after: {
        inForceFrom: version.inForceFrom,
        proposedBy: version.proposerName,
        ...told('bank', version.content),
      },
    })
    await tellPeople(ctx.db, on, {
      template: 'billing.mail.bank_approved',
      values: { by: name, proposer: version.proposerName ?? '', ending: endingOf(version.content) },
      but: decidedBy,
    })
    return { id }
  }),

  handle(refuseBank, async (ctx, { params: { id }, body: { reason } }) => {
    const { staffId: decidedBy } = ctx.actor
    const version = await held(ctx.db, id)
    if (version.state !== 'proposed') throw refuse(proposalOver)
    if (version.proposedBy === decidedBy) throw refuse(ownProposal)
    const decision = { state: 'refused', decidedBy, decidedAt: ctx.clock.now(), reason } as const
    await decide(ctx.db, id, 'proposed', decision)
    ctx.record({
      object: 'billing_settings',
      id,
      before: told('bank', version.content),
      after: { state: 'refused' },
      reason,
    })
    return { id }
  }),

  handle(withdrawSetting, async (ctx, { params: { id } }) => {
    const { staffId: decidedBy } = ctx.actor
    const version = await held(ctx.db, id)
    const { state } = version
    if (state !== 'proposed' && state !== 'approved') throw refuse(proposalOver)
    if (state === 'proposed' && version.proposedBy !== decidedBy) throw refuse(proposalNotYours)
    if (state === 'approved' && version.inForceFrom <= dayOf(ctx.clock.now())) throw refuse(settingBegun)
    // Two people said where money goes from that day on: one of them alone does not unsay it.
    if (state === 'approved' && version.kind === 'bank') throw refuse(bankApproved)
    await decide(ctx.db, id, state, { state: 'withdrawn', decidedBy, decidedAt: ctx.clock.now() })
    ctx.record({
      object: 'billing_settings',
      id,
      before: { kind: version.kind, inForceFrom: version.inForceFrom, state },
      after: { state: 'withdrawn' },
    })
    return { id }
  }),
]

/** The version, with its company held: nobody else decides meanwhile. */
async function held(db: CentralDb, id: string) {
  const { companyId } = found(await versionById(db, id))
  await holdCompany(db, companyId)
  return found(await versionById(db, id))
}

/** Everybody who may approve hears of it by mail: an account that was exchanged by fraud is noticed by somebody. */
async function tellPeople(
  db: CentralDb,
  { mail, backofficeUrl }: On,
  { template, values, but }: { template: string; values: Record<string, string>; but: string },
): Promise<void> {
  for (const { id, email, name, language } of await peopleWith(db, 'billing.approve'))
    if (id !== but)
      await mail.send(db, {
        to: { email, name },
        language,
        staffId: id,
        template,
        values: { ...values, name },
        action: { url: new URL('/billing/settings?kind=bank', backofficeUrl).href },
      })
}

import { consentStands, consentWithdrawn, giveConsent, withdrawConsent } from '#contract/patients'
import { uuidv7 } from '#platform/server/ids.ts'
import {
  found,
  handleInTenant,
  refuse,
  WrongField,
  type TenantContext,
  type TenantHandler,
} from '#platform/server/requests.ts'
import { consentsOf, insertConsent, relativesOf, standingConsents, withdraw } from './around-queries.ts'
import { practiceNow } from './practice-day.ts'
import { untouched } from './relatives.ts'

/** What was agreed to is never unwritten: it is withdrawn, from a day on. */
export const consents: readonly TenantHandler[] = [
  handleInTenant(giveConsent, async (ctx, { params: { id: patientId }, body }) => {
    await untouched(ctx, patientId)
    await notAhead(ctx, body.givenOn, 'givenOn')
    if (body.relativeId && !(await relativesOf(ctx.db, patientId)).some(({ id }) => id === body.relativeId))
      throw new WrongField('body', 'relativeId', 'relative_unknown')
    const standing = await standingConsents(ctx.db, patientId)
    if (standing.some((one) => one.subject === body.subject && one.relativeId === body.relativeId))
      throw refuse(consentStands)
    const at = ctx.clock.now()
    const id = uuidv7(at.getTime())
    await insertConsent(ctx.db, { ...body, id, patientId, recordedAt: at, recordedBy: ctx.member.memberId })
    ctx.record({ after: { consentId: id, subject: body.subject, givenOn: body.givenOn, how: body.how } })
    return consent(ctx, patientId, id)
  }),

  handleInTenant(withdrawConsent, async (ctx, { params: { id: patientId, consentId: id }, body }) => {
    await untouched(ctx, patientId)
    const { givenOn, withdrawnOn } = await consent(ctx, patientId, id)
    if (withdrawnOn) throw refuse(consentWithdrawn)
    await notAhead(ctx, body.withdrawnOn, 'withdrawnOn')
    if (body.withdrawnOn < givenOn) throw new WrongField('body', 'withdrawnOn', 'withdrawn_before_given')
    await withdraw(ctx.db, { id, patientId }, body.withdrawnOn)
    ctx.record({ after: { consentId: id, withdrawnOn: body.withdrawnOn } })
    return consent(ctx, patientId, id)
  }),
]

const consent = async ({ db }: TenantContext, patientId: string, id: string) =>
  found((await consentsOf(db, patientId)).find((one) => one.id === id))

async function notAhead({ db, clock }: TenantContext, day: string, field: string): Promise<void> {
  if (day > (await practiceNow(db, clock)).today) throw new WrongField('body', field, 'date_in_future')
}

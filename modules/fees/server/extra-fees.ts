import { addExtraFee, extraFeeInUse, removeExtraFee } from '#contract/fees'
import { uuidv7 } from '#platform/server/ids.ts'
import { found, handleInTenant, refuse, WrongField, type TenantHandler } from '#platform/server/requests.ts'
import { holdPatient, patientToAsk } from './dues-queries.ts'
import { deleteExtraFee, extraFeeRow, insertExtraFee, practitionerAmong } from './extra-fee-queries.ts'
import { houseNow } from './house.ts'

export const extraFees: readonly TenantHandler[] = [
  handleInTenant(
    addExtraFee,
    ({ clock }) => ({ id: uuidv7(clock.now().getTime()) }),
    async (ctx, { body: { cents, ...body } }, { id }) => {
      const { today } = await houseNow(ctx)
      if (body.doneOn > today) throw new WrongField('body', 'doneOn', 'date_in_future')
      const patient = await patientToAsk(ctx.db, body.patientId)
      if (!patient) throw new WrongField('body', 'patientId', 'patient_unknown')
      const { memberId: createdBy } = ctx.member
      const practitionerId = body.practitionerId
        ? await practitionerAmong(ctx.db, [body.practitionerId])
        : await practitionerAmong(ctx.db, [patient.practitionerId, createdBy])
      if (!practitionerId) throw new WrongField('body', 'practitionerId', 'practitioner_unknown')
      await insertExtraFee(ctx.db, { ...body, id, practitionerId, dueCents: cents, createdBy })
      ctx.record({ after: { cents, doneOn: body.doneOn } })
      return { id }
    },
  ),

  handleInTenant(removeExtraFee, async (ctx, { params: { id } }) => {
    const { patientId } = found(await extraFeeRow(ctx.db, id))
    // Nobody pays or bills it meanwhile.
    await holdPatient(ctx.db, patientId)
    const { dueCents, isUsed } = found(await extraFeeRow(ctx.db, id))
    if (isUsed) throw refuse(extraFeeInUse)
    await deleteExtraFee(ctx.db, id)
    ctx.record({ before: { cents: dueCents } })
    return undefined
  }),
]

import {
  createPatient,
  getPatient,
  patientChanged,
  patientErased,
  patientInTrash,
  updatePatient,
  type PatientFields,
} from '#contract/patients'
import { uuidv7 } from '#platform/server/ids.ts'
import {
  found,
  handleInTenant,
  refuse,
  WrongField,
  type TenantContext,
  type TenantHandler,
} from '#platform/server/requests.ts'
import { practiceNow } from './practice-day.ts'
import { changePatient, heldPatient, insertPatient, originExists, practitionersHere } from './queries.ts'
import { shownPatient } from './showing.ts'

type Fields = { [Name in keyof PatientFields]?: PatientFields[Name] | undefined }

/** Who somebody is: seen, added, changed. The log is told which fields, and of none what it says. */
export const keeping: readonly TenantHandler[] = [
  handleInTenant(getPatient, async (ctx, { params: { id } }) => {
    const patient = await shownPatient(ctx, id)
    ctx.record({ object: 'patient', id })
    return patient
  }),

  handleInTenant(
    createPatient,
    ({ clock }) => ({ id: uuidv7(clock.now().getTime()) }),
    async (ctx, { body }, { id }) => {
      await checked(ctx, body)
      const practitionerId = await followedBy(ctx, body.practitionerId)
      const { clock, db, member } = ctx
      await insertPatient(db, {
        ...body,
        id,
        practitionerId,
        createdAt: clock.now(),
        createdBy: member.memberId,
      })
      ctx.record({ after: { fields: namesOf(body) } })
      return shownPatient(ctx, id)
    },
  ),

  handleInTenant(updatePatient, async (ctx, { params: { id }, body: { revision, ...changes } }) => {
    const { trashedAt, erasedAt } = found(await heldPatient(ctx.db, id))
    if (erasedAt) throw refuse(patientErased)
    if (trashedAt) throw refuse(patientInTrash)
    await checked(ctx, changes)
    if (!(await changePatient(ctx.db, { id, revision }, changes)))
      throw refuse(patientChanged, { details: { current: await shownPatient(ctx, id) } })
    ctx.record({ after: { changed: namesOf(changes) } })
    return shownPatient(ctx, id)
  }),
]

const namesOf = (fields: Fields) =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name)
    .toSorted()

async function checked(ctx: TenantContext, { bornOn, originId, practitionerId }: Fields): Promise<void> {
  const { today } = await practiceNow(ctx.db, ctx.clock)
  if (bornOn && bornOn > today) throw new WrongField('body', 'bornOn', 'date_in_future')
  if (originId && !(await originExists(ctx.db, originId)))
    throw new WrongField('body', 'originId', 'origin_unknown')
  if (practitionerId && !(await practitionersHere(ctx.db)).includes(practitionerId))
    throw new WrongField('body', 'practitionerId', 'patient_practitioner_unknown')
}

/** Unless told: who adds them, where they see patients themselves, else whoever was here first. */
async function followedBy({ db, member }: TenantContext, chosen: string | undefined): Promise<string> {
  const here = await practitionersHere(db)
  const practitionerId = chosen ?? here.find((id) => id === member.memberId) ?? here[0]
  if (practitionerId === undefined)
    throw new WrongField('body', 'practitionerId', 'patient_practitioner_unknown')
  return practitionerId
}

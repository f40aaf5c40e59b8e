import {
  archivePatient,
  patientErased,
  patientInTrash,
  restorePatient,
  trashPatient,
  unarchivePatient,
} from '#contract/patients'
import {
  found,
  handleInTenant,
  refuse,
  type TenantContext,
  type TenantHandler,
} from '#platform/server/requests.ts'
import { changePatient, heldPatient, type PatientState } from './queries.ts'
import { shownPatient } from './showing.ts'

/** Where a patient's file lies: in use, archived, in the trash. What stands already is no error: two may have clicked. */
export const archiving: readonly TenantHandler[] = [
  handleInTenant(archivePatient, async (ctx, { params: { id } }) => {
    const held = await untouched(ctx, id)
    if (held.trashedAt) throw refuse(patientInTrash)
    return put(ctx, held, 'archivedAt', held.archivedAt ?? ctx.clock.now())
  }),

  handleInTenant(unarchivePatient, async (ctx, { params: { id } }) =>
    put(ctx, await untouched(ctx, id), 'archivedAt', null),
  ),

  handleInTenant(trashPatient, async (ctx, { params: { id } }) => {
    const held = await untouched(ctx, id)
    return put(ctx, held, 'trashedAt', held.trashedAt ?? ctx.clock.now())
  }),

  handleInTenant(restorePatient, async (ctx, { params: { id } }) =>
    put(ctx, await untouched(ctx, id), 'trashedAt', null),
  ),
]

async function untouched(ctx: TenantContext, id: string): Promise<PatientState> {
  const held = found(await heldPatient(ctx.db, id))
  if (held.erasedAt) throw refuse(patientErased)
  return held
}

async function put(
  ctx: TenantContext,
  held: PatientState,
  where: 'archivedAt' | 'trashedAt',
  at: Date | null,
) {
  await changePatient(ctx.db, held, { [where]: at })
  ctx.record({ before: { [where]: held[where] }, after: { [where]: at } })
  return shownPatient(ctx, held.id)
}

import { Arrangement, figures, getBoard, listFigureLines, type Scope } from '#contract/figures'
import { Platform } from '#platform/server/errors.ts'
import { handleInTenant, type TenantContext, type TenantHandler } from '#platform/server/requests.ts'
import { boardRow, figureLines } from './queries.ts'

export const reading: readonly TenantHandler[] = [
  handleInTenant(getBoard, async (ctx, { query: { scope } }) => {
    const { clock, db, member } = ctx
    const may = (permission: string) => member.permissions.has(permission)
    const now = clock.now()
    const { several, isOwn, arrangement, ...board } = await boardRow(db, {
      now,
      own: whose(ctx, scope),
      memberId: member.memberId,
      namesPatients: may('patients.read'),
      sections: {
        agenda: may('agenda.read'),
        patients: may('patients.read'),
        people: may('figures.read'),
        money: may('figures.read'),
      },
    })
    return {
      ...board,
      asOf: now.toISOString(),
      scope: scopeOf(isOwn),
      mayChooseScope: several && receivesPatients(ctx),
      // One that was kept by another release may name cards that are no more.
      arrangement: Arrangement.safeParse(arrangement).data ?? null,
    }
  }),

  handleInTenant(listFigureLines, async (ctx, { query: { of, scope, before, month, status } }) => {
    const { clock, db, member } = ctx
    const { needs, money } = figures[of]
    if (!member.permissions.has(needs))
      throw new Platform('forbidden', { details: { permission: needs }, to: 'member' })
    const asked = {
      now: clock.now(),
      own: whose(ctx, scope),
      namesPatients: member.permissions.has('patients.read'),
    }
    const { isOwn, cents, ...found } = await figureLines(
      db,
      of,
      { before: before === 'yes', month, status },
      asked,
    )
    return {
      of,
      scope: scopeOf(isOwn),
      total: money ? cents : found.count,
      ...found,
    }
  }),
]

const scopeOf = (isOwn: boolean): Scope => (isOwn ? 'own' : 'practice')

const receivesPatients = ({ member }: Pick<TenantContext, 'member'>) => member.profile === 'practitioner'

/** Their own id, or null for everybody's: who receives patients sees their own first. */
const whose = (ctx: Pick<TenantContext, 'member'>, scope: Scope | undefined) =>
  receivesPatients(ctx) && scope !== 'practice' ? ctx.member.memberId : null

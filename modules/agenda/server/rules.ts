import { getAgendaRules, setAgendaRules, type AgendaRules } from '#contract/agenda'
import { practiceChanged } from '#contract/cabinet'
import { handleInTenant, refuse, type TenantContext, type TenantHandler } from '#platform/server/requests.ts'
import { changeRules, rulesRow } from './house-queries.ts'

export const rules: readonly TenantHandler[] = [
  handleInTenant(getAgendaRules, rulesNow),

  handleInTenant(setAgendaRules, async (ctx, { body: { revision, ...said } }) => {
    const { revision: _, ...before } = await rulesNow(ctx)
    if (!(await changeRules(ctx.db, revision, said, ctx.clock.now())))
      throw refuse(practiceChanged, { details: { current: await rulesNow(ctx) } })
    ctx.record({ before, after: said })
    return rulesNow(ctx)
  }),
]

async function rulesNow({ db }: Pick<TenantContext, 'db'>): Promise<AgendaRules> {
  const row = await rulesRow(db)
  return { ...row, holidays: row.holidays as AgendaRules['holidays'] } // checked by the table
}

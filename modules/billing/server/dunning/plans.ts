/** The steps of every company as they are in force. */
import type { DunningSettings } from '#contract/billing'
import type { CentralDb } from '#platform/server/db.ts'
import { theMainCompany } from '../settings/in-force-queries.ts'
import { settingsOn, type SettingsInForce } from '../settings/in-force.ts'
import { companies } from '../settings/queries.ts'

export type Plan = {
  /** Whose documents are that name no company. */
  mainCompanyId: string
  /** `gap`: days since the step before at least. */
  steps: readonly { company: string; step: number; days: number; gap: number }[]
  settings: ReadonlyMap<string, SettingsInForce>
}

export async function planOn(db: CentralDb, day: string): Promise<Plan> {
  const [main, all] = await Promise.all([theMainCompany(db), companies(db)])
  const settings = new Map<string, SettingsInForce>()
  for (const { id } of all) settings.set(id, await settingsOn(db, id, day))
  return {
    mainCompanyId: main.id,
    steps: [...settings].flatMap(([company, { dunning }]) =>
      (dunning?.steps ?? []).map(({ daysLate: days }, place, steps) => ({
        company,
        step: place + 1,
        days,
        gap: days - (steps[place - 1]?.daysLate ?? days),
      })),
    ),
    settings,
  }
}

export const stepOf = (
  plan: Plan,
  { companyId, nextStep }: { companyId: string; nextStep: number | null },
): DunningSettings['steps'][number] | undefined =>
  nextStep === null ? undefined : plan.settings.get(companyId)?.dunning?.steps[nextStep - 1]

import type { dunningVariables, SettingContents } from '#contract/billing'
import type { Formats } from '#platform/ui/formats.ts'
import type { Translate } from '#platform/ui/messages.tsx'
import { ibanByFours } from './iban.ts'
import { nextOn, numberOf } from './next-numbers.ts'
import type { Settings } from './setting-section.tsx'

type Variable = (typeof dunningVariables)[number]
type Said = { settings: Settings; t: Translate; formats: Formats }

const outstanding = 2_900
const indemnity = 4_000

/** What a letter says to an invented client who is as late as the letter waits for. @returns its text with nothing left to fill in */
export function sampleLetters({ settings, t, formats }: Said): (text: string, daysLate: number) => string {
  // What is in force is of the kind it is asked by.
  const inForce = <Kind extends 'identity' | 'bank' | 'numbering'>(kind: Kind) =>
    settings.versions.find((one) => one.kind === kind && one.standing === 'now')?.content as
      | SettingContents[Kind]
      | undefined
  const numbering = inForce('numbering')
  const next = nextOn(settings.today, settings)
  const today = Temporal.PlainDate.from(settings.today)
  return (text, daysLate) => {
    const dueOn = today.subtract({ days: daysLate })
    const penalties = Math.round((outstanding * 0.12 * daysLate) / 365)
    const total = outstanding + penalties + indemnity
    const values: Record<Variable, string> = {
      'client.name': t('billing.settings.dunning.sample.client'),
      'invoice.number': numberOf(
        numbering?.invoicePrefix ?? 'FA',
        numbering?.digits ?? 6,
        next.invoice,
        next.year,
      ),
      'invoice.issued_on': formats.day(dueOn.subtract({ days: 30 }).toString()),
      'invoice.due_on': formats.day(dueOn.toString()),
      'invoice.amount': formats.money(outstanding),
      'invoice.outstanding': formats.money(outstanding),
      days_late: String(daysLate),
      penalties: formats.money(penalties),
      indemnity: formats.money(indemnity),
      total_due: formats.money(total),
      penalty_rate: formats.rate(1_200),
      claim: t('billing.dunning.letter.claim', {
        outstanding: formats.money(outstanding),
        penalties: formats.money(penalties),
        indemnity: formats.money(indemnity),
        total: formats.money(total),
        today: formats.day(settings.today),
      }),
      'company.name': inForce('identity')?.name ?? settings.company.name,
      'company.iban': ibanByFours(inForce('bank')?.iban ?? ''),
      'company.bic': inForce('bank')?.bic ?? '',
    }
    return text.replaceAll(/\{\{\s*([^}]*?)\s*\}\}/g, (as, name: string) =>
      name in values ? values[name as Variable] : as,
    )
  }
}

/** A letter in its words: what stands for `{{…}}`, and what is claimed of professionals. */
import type { Claim, DunningSettings, dunningVariables } from '#contract/billing'
import type { Sentences } from '#platform/server/sentences.ts'
import type { SettingsInForce } from '../settings/in-force.ts'
import type { LateRow } from './late-queries.ts'

type Step = DunningSettings['steps'][number]
type Variable = (typeof dunningVariables)[number]

export type Worded = {
  subject: string
  body: string
  /** What this letter claims: nothing but what is left to pay unless the step says so, and never more of a private person. */
  claimed: { penaltiesCents: number; indemnityCents: number }
}

export function wordLetter(
  step: Step,
  about: {
    row: LateRow
    claim: Claim
    settings: SettingsInForce | undefined
    sentences: Pick<Sentences, 'say'>
    today: string
  },
): Worded {
  const { row, claim, settings, sentences, today } = about
  const claims = step.withPenalties && row.audience === 'business'
  const claimed = {
    penaltiesCents: claims ? claim.penalties.cents : 0,
    indemnityCents: claims ? claim.indemnityCents : 0,
  }
  const say = (key: string, values?: Record<string, string | number>) =>
    sentences.say(row.language, `billing.dunning.letter.${key}`, values)
  const money = (cents: number) =>
    new Intl.NumberFormat(row.language === 'en' ? 'en-GB' : 'fr-FR', {
      style: 'currency',
      currency: 'EUR',
    }).format(cents / 100)
  const day = (on: string) =>
    new Intl.DateTimeFormat(row.language === 'en' ? 'en-GB' : 'fr-FR', { timeZone: 'UTC' }).format(
      new Date(`${on}T00:00:00Z`),
    )
  const totalCents = row.outstandingCents + claimed.penaltiesCents + claimed.indemnityCents
  const rate = claim.penalties.spans.at(-1)?.basisPoints
  const values: Record<Variable, string> = {
    'client.name': `${row.firstName} ${row.lastName}`.trim(),
    'invoice.number': row.number,
    'invoice.issued_on': day(row.issuedOn),
    'invoice.due_on': day(row.dueOn),
    'invoice.amount': money(row.inclCents),
    'invoice.outstanding': money(row.outstandingCents),
    days_late: String(row.daysLate),
    penalties: money(claimed.penaltiesCents),
    indemnity: money(claimed.indemnityCents),
    total_due: money(totalCents),
    penalty_rate:
      claims && rate !== undefined
        ? new Intl.NumberFormat(row.language, { style: 'percent', maximumFractionDigits: 2 }).format(
            rate / 10_000,
          )
        : '',
    claim: claims
      ? say('claim', {
          outstanding: money(row.outstandingCents),
          penalties: money(claimed.penaltiesCents),
          indemnity: money(claimed.indemnityCents),
          total: money(totalCents),
          today: day(today),
        })
      : '',
    'company.name': settings?.identity?.name ?? '',
    'company.iban': (settings?.bank?.iban ?? '').replaceAll(/(.{4})(?=.)/g, '$1 '),
    'company.bic': settings?.bank?.bic ?? '',
  }
  const filled = (text: string) =>
    text.replaceAll(/\{\{\s*([^}]*?)\s*\}\}/g, (as, name: string) =>
      name in values ? values[name as Variable] : as,
    )
  // Claimed is what the letter says it claims: where its author did not place it, it stands below.
  const body = claims && !/\{\{\s*claim\s*\}\}/.test(step.body) ? `${step.body}\n\n{{claim}}` : step.body
  return {
    subject: filled(step.subject),
    body: filled(body)
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim(),
    claimed,
  }
}

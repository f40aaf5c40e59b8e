/** What most practices begin with; names and prices are theirs to change. */
import { monSoutienPsyPrices } from '#contract/agenda'
import type { Language } from '#platform/server/sentences.ts'

type UsualAct = {
  name: string
  minutes: number
  feeCents: number
  colour: number
  monSoutienPsy: boolean
}

const priced = monSoutienPsyPrices[0]?.feeCents ?? 0

const of = (names: readonly [string, string, string, string, string]): readonly UsualAct[] => [
  { name: names[0], minutes: 60, feeCents: 6_000, colour: 0, monSoutienPsy: false },
  { name: names[1], minutes: 60, feeCents: 6_000, colour: 1, monSoutienPsy: false },
  { name: names[2], minutes: 45, feeCents: 5_500, colour: 2, monSoutienPsy: false },
  { name: names[3], minutes: 75, feeCents: 8_000, colour: 3, monSoutienPsy: false },
  { name: names[4], minutes: 45, feeCents: priced, colour: 4, monSoutienPsy: true },
]

export const usualActs: Readonly<Record<Language, readonly UsualAct[]>> = {
  fr: of([
    'Séance individuelle',
    'Première consultation',
    'Séance enfant ou adolescent',
    'Séance de couple',
    'Mon soutien psy',
  ]),
  en: of(['Individual session', 'First consultation', 'Child or teenager', 'Couple', 'Mon soutien psy']),
}

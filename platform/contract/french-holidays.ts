/**
 * Public holidays of France: the eleven of Code du travail L3133-1, those Alsace-Moselle has besides (L3134-13), and
 * those of the overseas territories. Computed, so that no feed is needed.
 */

export const holidayNames = [
  'new_year',
  'good_friday',
  'easter_monday',
  'labour_day',
  'victory_1945',
  'ascension',
  'whit_monday',
  'national_day',
  'assumption',
  'all_saints',
  'armistice',
  'christmas',
  'st_stephen',
  'abolition_of_slavery',
  'missionaries_day',
  'internal_autonomy',
  'matarii',
  'citizenship_day',
  'st_peter_chanel',
  'territory_day',
] as const
export type HolidayName = (typeof holidayNames)[number]

/** As the practice's settings name them. */
export const territories = [
  'national',
  'alsace_moselle',
  'guadeloupe',
  'martinique',
  'guyane',
  'reunion',
  'mayotte',
  'saint_barthelemy',
  'saint_martin',
  'nouvelle_caledonie',
  'polynesie',
  'wallis_et_futuna',
] as const
export type Territory = (typeof territories)[number]

type Holiday = { on: string; name: HolidayName }

/** Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher), as a day of that year: `2026-04-05`. */
export function easterOf(year: number): string {
  const a = year % 19
  const [b, c] = [Math.floor(year / 100), year % 100]
  const [d, e] = [Math.floor(b / 4), b % 4]
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - d - g + 15) % 30
  const [i, k] = [Math.floor(c / 4), c % 4]
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 19 * l) / 433)
  const month = Math.floor((h + l - 7 * m + 90) / 25)
  const day = (h + l - 7 * m + 33 * month + 19) % 32
  return dayOf(year, month, day)
}

/** A day of the year, perhaps only from a year on or until one. */
type Fixed = readonly [HolidayName, string, { from?: number; until?: number }?]

const fixed: readonly Fixed[] = [
  ['new_year', '01-01'],
  ['labour_day', '05-01'],
  ['victory_1945', '05-08'],
  ['national_day', '07-14'],
  ['assumption', '08-15'],
  ['all_saints', '11-01'],
  ['armistice', '11-11'],
  ['christmas', '12-25'],
]

const movable: readonly (readonly [HolidayName, number])[] = [
  ['easter_monday', 1],
  ['ascension', 39],
  ['whit_monday', 50],
]

/** Beyond the national ones. Slavery was abolished on another day in each territory (Code du travail L3422-2, decree 83-1003). */
const besides: Readonly<Record<Territory, { fixed?: typeof fixed; movable?: typeof movable }>> = {
  national: {},
  alsace_moselle: { fixed: [['st_stephen', '12-26']], movable: [['good_friday', -2]] },
  guadeloupe: { fixed: [['abolition_of_slavery', '05-27']] },
  martinique: { fixed: [['abolition_of_slavery', '05-22']] },
  guyane: { fixed: [['abolition_of_slavery', '06-10']] },
  reunion: { fixed: [['abolition_of_slavery', '12-20']] },
  mayotte: { fixed: [['abolition_of_slavery', '04-27']] },
  saint_barthelemy: { fixed: [['abolition_of_slavery', '10-09']] },
  saint_martin: { fixed: [['abolition_of_slavery', '05-28']] },
  nouvelle_caledonie: { fixed: [['citizenship_day', '09-24']] },
  polynesie: {
    fixed: [
      ['missionaries_day', '03-05'],
      // The law of the country of May 2025 gave the one for the other.
      ['internal_autonomy', '06-29', { until: 2024 }],
      ['matarii', '11-20', { from: 2025 }],
    ],
    movable: [['good_friday', -2]],
  },
  wallis_et_futuna: {
    fixed: [
      ['st_peter_chanel', '04-28'],
      ['territory_day', '07-29'],
    ],
  },
}

/** The public holidays of a year in a territory, in their order. A day on which two fall is named once, by the country's. */
export function holidaysOf(year: number, territory: Territory): Holiday[] {
  const easter = easterOf(year)
  const days = ({
    fixed: kept = [],
    movable: moved = [],
  }: {
    fixed?: typeof fixed
    movable?: typeof movable
  }) => [
    ...kept
      .filter(([, , { from = year, until = year } = {}]) => from <= year && year <= until)
      .map(([name, day]): Holiday => ({ on: `${year}-${day}`, name })),
    ...moved.map(([name, after]): Holiday => ({ on: shift(easter, after), name })),
  ]
  const all = [...days({ fixed, movable }), ...days(besides[territory])]
  return all
    .filter(({ on }, index) => all.findIndex((other) => other.on === on) === index)
    .toSorted((one, other) => (one.on < other.on ? -1 : 1))
}

/** Those of some days, both included. */
export function holidaysBetween(from: string, to: string, territory: Territory): Holiday[] {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))]
  return Array.from({ length: last - first + 1 }, (_, index) => holidaysOf(first + index, territory))
    .flat()
    .filter(({ on }) => on >= from && on <= to)
}

const dayOf = (year: number, month: number, day: number) =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`

/** Days have no time zone: they are counted in UTC, where each has 24 hours. */
const shift = (day: string, days: number) =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)

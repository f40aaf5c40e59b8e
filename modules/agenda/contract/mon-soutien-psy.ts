/**
 * « Mon soutien psy », what the health insurance says of it: one price for everybody, of which it pays a part and a
 * complementary insurance the rest; nothing may be asked on top (ameli.fr, « Mon soutien psy »; decree 2024-1167 and the
 * order of 2024-06-12 for the price).
 */
export const sessionsAYear = 12

type Price = { fromOn: string; feeCents: number; insuranceCents: number; complementaryCents: number }

/** The newest first. A price more is a line more: what was held before keeps the price of its day. */
export const monSoutienPsyPrices: readonly Price[] = [
  { fromOn: '2024-06-15', feeCents: 5_000, insuranceCents: 3_000, complementaryCents: 2_000 },
]

/** The price of a session held that day, or nothing: the act's own tariff stands. */
export const monSoutienPsyPriceOn = (day: string): Price | undefined =>
  monSoutienPsyPrices.find(({ fromOn }) => fromOn <= day)

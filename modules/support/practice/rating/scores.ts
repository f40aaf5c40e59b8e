export type Rating = { score: number; comment: string }
/** By a mailed link, which does not show what was written. */
export type Said = { score: number; comment?: string }

/** The best first, as one reads it. */
export const scores = ['5', '4', '3', '2', '1'] as const

export const scoreOf = (rating: Said | null): (typeof scores)[number] | null =>
  scores.find((score) => score === String(rating?.score)) ?? null

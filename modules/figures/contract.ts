/** The practice’s figures, each with its lines. Everything here is answered from the practice's own database. */

export const topics = {} as const

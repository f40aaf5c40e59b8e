/** The vendor’s message of the day: a dated text, set by staff, shown to members. */

export const permissions = [] as const

export const topics = {} as const

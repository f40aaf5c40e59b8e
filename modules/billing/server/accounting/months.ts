export const lastDayOf = (month: string): string =>
  Temporal.PlainYearMonth.from(month).toPlainDate({ day: 31 }).toString()

export const monthAfter = (month: string): string =>
  Temporal.PlainYearMonth.from(month).add({ months: 1 }).toString()

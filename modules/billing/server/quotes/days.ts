/** Days for which it is offered unless it says until when. */
const daysOpen = 30

export const openUntil = (issuedOn: string): string =>
  Temporal.PlainDate.from(issuedOn).add({ days: daysOpen }).toString()

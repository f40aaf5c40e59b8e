/**
 * Until when a request must be answered: a month after it came in (GDPR article 12(3)), on the day of the same number, or
 * the last day of a month that has none (Regulation 1182/71, article 3(2)(c)).
 *
 * @param receivedOn `2027-01-31`
 * @returns `2027-02-28`
 */
export function dueOn(receivedOn: string): string {
  return Temporal.PlainDate.from(receivedOn).add({ months: 1 }).toString()
}

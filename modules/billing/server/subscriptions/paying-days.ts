import type { Held } from './act-queries.ts'

/** The first day that is not paid for any more, of who stops today: they have paid a day at least. */
export const stopsOn = ({ payingFrom }: Pick<Held, 'payingFrom'>, day: string) =>
  payingFrom !== null && day <= payingFrom
    ? Temporal.PlainDate.from(payingFrom).add({ days: 1 }).toString()
    : day

/** It was subscribed for today or a day to come, and nothing of it was used or invoiced yet. */
export const beginsLater = (row: Pick<Held, 'payingFrom' | 'nextPeriodOn'>, day: string) =>
  row.payingFrom !== null && row.payingFrom >= day && row.nextPeriodOn === row.payingFrom

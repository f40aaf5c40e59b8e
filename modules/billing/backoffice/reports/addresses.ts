import { exportRevenueReport, getRevenueReport } from '#contract/billing'
import { hrefOf } from '#platform/ui/call.ts'
import { stringifySearch } from '#platform/ui/url-state.ts'

export const Address = getRevenueReport.input.query
export const fileOf = (year: number) => hrefOf(exportRevenueReport, { query: { year } })

/** The documents and payments behind a figure of a month. */
export const invoicedTo = (month: string) =>
  `/invoices${stringifySearch({ issuedIn: month, kind: 'invoice' })}`
export const creditedTo = (month: string) =>
  `/invoices${stringifySearch({ issuedIn: month, kind: 'credit_note' })}`
export const netTo = (month: string) => `/invoices${stringifySearch({ issuedIn: month, state: 'issued' })}`
export const collectedTo = (month: string) =>
  `/payments${stringifySearch({ from: `${month}-01`, until: lastDayOf(month) })}`
export const dueTo = `/invoices${stringifySearch({ state: 'unpaid' })}`

function lastDayOf(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}

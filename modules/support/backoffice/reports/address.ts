/** What the reports read from their address, and where their figures and files are. */
import {
  exportReport,
  getReport,
  type ReportQuery,
  type ReportTable,
  type ReportTickets,
  type Span,
} from '#contract/support'
import { hrefOf } from '#platform/ui/call.ts'
import { stringifySearch } from '#platform/ui/url-state.ts'
import { queueTo } from '../addresses.ts'

export const Address = getReport.input.query
export const reportsTo = (query: ReportQuery = {}) => `/support/reports${stringifySearch(query)}`

/** The tickets behind a figure, the latest first. */
export const ticketsTo = (tickets: ReportTickets) => queueTo({ ...tickets, sort: '-opened' })

/** Of the days in sight, whatever the period is called tomorrow. */
export const fileOf = (table: ReportTable, { from, until }: Span) =>
  hrefOf(exportReport, { params: { table }, query: { from, until } })

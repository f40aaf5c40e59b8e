import { exportRevenueReport, getRevenueReport } from '#contract/billing'
import { hrefOf } from '#platform/ui/call.ts'
import { stringifySearch } from '#platform/ui/url-state.ts'
import { paymentsTo } from '../payments/addresses.ts'
import { daysOf } from '../span.ts'

export const Address = getRevenueReport.input.query
export const fileOf = (year: number) => hrefOf(exportRevenueReport, { query: { year } })

/** The documents and payments behind a figure of a month, or of a year: `2026-02`, `2026`. */
export const invoicedTo = (span: string) => `/invoices${stringifySearch({ issuedIn: span, kind: 'invoice' })}`
export const creditedTo = (span: string) =>
  `/invoices${stringifySearch({ issuedIn: span, kind: 'credit_note' })}`
export const netTo = (span: string) => `/invoices${stringifySearch({ issuedIn: span, state: 'issued' })}`
export const rateTo = (span: string, rate: number) => `/invoices${stringifySearch({ issuedIn: span, rate })}`
export const planTo = (span: string, planId: string | null) =>
  `/invoices${stringifySearch({ issuedIn: span, plan: planId ?? 'none' })}`
export const collectedTo = (span: string) => `${paymentsTo}${stringifySearch(daysOf(span))}`
export const dueTo = `/invoices${stringifySearch({ state: 'unpaid' })}`
export const availableTo = `${paymentsTo}${stringifySearch({ state: 'available' })}`
export const creditNotesTo = `/invoices${stringifySearch({ kind: 'credit_note' })}`

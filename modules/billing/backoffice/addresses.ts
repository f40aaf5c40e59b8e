export const invoicesTo = '/invoices'
export const invoiceTo = (id: string): string => `/invoices/${id}`
export const newInvoiceTo = '/invoices/new'

export const quotesTo = '/quotes'
export const quoteTo = (id: string): string => `/quotes/${id}`
export const newQuoteTo = '/quotes/new'

/** The settings of a company, at one of their kinds. */
export const settingsTo = (kind: string): string => `/billing/settings?kind=${kind}`

/** Where a file is held against what was issued. */
export const verifyTo = '/verify'

/** What an approved platform was handed, and what is to be reported. */
export const platformTo = '/billing/platform'

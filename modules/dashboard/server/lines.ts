import type { Lines } from '#contract/dashboard'

type Filter<List extends Lines['list']> = Extract<Lines, { list: List }>['filter']

export const clientLines = (filter: Filter<'clients'>): Lines => ({ list: 'clients', filter })

/** Of clients as the money sees them: in the trash or not. */
export const payerLines = (filter: Filter<'clients'>): Lines => clientLines({ ...filter, trash: 'any' })

export const lateLines: Lines = { list: 'unpaid', filter: {} }

export const invoiceLines = (filter: Filter<'invoices'>): Lines => ({ list: 'invoices', filter })

/** Where lists and clients are found, written once. */
import type { ClientFilter, ClientSort } from '#contract/clients'
import { stringifySearch } from '#platform/ui/url-state.ts'

export type ListAddress = ClientFilter & { sort?: ClientSort | undefined }

export const listTo = (address: ListAddress = {}) => `/clients${stringifySearch(address)}`
export const newTo = '/clients/new'
export const importTo = '/clients/import'
export const prospectsTo = listTo({ status: ['prospect'] })
/** Trials, those that end first on top: what sales calls about. */
export const trialsTo = listTo({ subscription: ['trialing'], sort: 'trialEnds' })

/** The list one comes from goes along, for "previous" and "next". */
export const clientTo = (id: string, from: ListAddress = {}) => `/clients/${id}${stringifySearch(from)}`
export const editTo = (id: string) => `/clients/${id}/edit`
/** All that the audit log says of a client. */
export const logTo = (client: string) => `/audit${stringifySearch({ objectType: 'client', object: client })}`

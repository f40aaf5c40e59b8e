/** Where patients are found, written once. */
import type { PatientFilter, PatientSort } from '#contract/patients'
import { stringifySearch } from '#platform/ui/url-state.ts'

export type ListAddress = PatientFilter & { sort?: PatientSort | undefined }

export const listTo = (address: ListAddress = {}) => `/patients${stringifySearch(address)}`
export const newTo = '/patients/new'
export const patientTo = (id: string) => `/patients/${id}`
export const editTo = (id: string) => `/patients/${id}/edit`
export const requestsTo = '/patients/requests'
export const requestTo = (id: string) => `/patients/requests/${id}`
/** A request of this patient, about to be written down. */
export const newRequestTo = (patient: string) => `/patients/requests${stringifySearch({ patient })}`
export const retentionTo = '/patients/retention'

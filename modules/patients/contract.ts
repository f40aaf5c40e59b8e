/**
 * The patients of a practice: who they are, who stands beside them, what they agreed to, what they ask about their data.
 * Everything here is answered from the practice's own database.
 */
export { patientErased } from './contract/common.ts'
export * from './contract/consents.ts'
export * from './contract/copying.ts'
export * from './contract/erasing.ts'
export * from './contract/filter.ts'
export * from './contract/listing.ts'
export * from './contract/origins.ts'
export * from './contract/patient.ts'
export * from './contract/people.ts'
export * from './contract/relatives.ts'
export * from './contract/requests.ts'
export * from './contract/retention.ts'

export const topics = { patients: 'patients.read', patient_requests: 'patients.requests' } as const

export { openAudit, type Audit } from './audit.ts'
export { type HistoryLine } from './history.ts'
export { originOf, type Origin } from './writing.ts'
export { auditHandlers } from './handlers.ts'

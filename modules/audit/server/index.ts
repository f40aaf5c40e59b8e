export { openAudit, type Audit } from './audit.ts'
export { type HistoryLine } from './history.ts'
export { tellPast, type PastEntry } from './past.ts'
export { originOf, type Origin } from './writing.ts'
export { auditHandlers, auditSchedules } from './handlers.ts'
export { auditExportWork } from './exporting/export-job.ts'
export { isExport, verifyExport, type ExportCheck } from './exporting/verifying-export.ts'
export { checkableLog } from './checkable.ts'
export { openVerifier, type Verifier } from './verifying-apart.ts'
export { readPlaces, type Place } from './witnessing/places.ts'
export { logFolder } from './sequencing/folders.ts'
export { KeyError, parseVkey, type Vkey } from './tree/keys.ts'
export { checkProof, type ProofCheck } from './verifying/checking-proof.ts'
export { verifyLog, type Verification } from './verifying/verify-log.ts'
export {
  openOperations,
  type Intent,
  type Operations,
  type Tenants,
  type TenantTransaction,
} from './operations.ts'

/** A tenant's life after it was opened: backed up, restored, switched, moved, exported, purged. */
import type { Sentences } from '#platform/server/sentences.ts'
import type { Audit } from '#server/audit'
import type { BackgroundWork, Errand, Jobs, Schedule } from '#platform/server/jobs.ts'
import type { Handler } from '#platform/server/requests.ts'
import type { TenantDatabases } from '#platform/server/tenant-db.ts'
import type { WorkKind } from '../works.ts'
import type { On } from './asking.ts'
import { backingUp, backupKind } from './backing-up.ts'
import { comparing } from './comparing.ts'
import { droppingSpares, spareErrand, spareSchedule } from './dropping-spares.ts'
import { exporting, exportWork } from './exporting/export-job.ts'
import { moveKind, moving } from './moving.ts'
import { backupSchedule } from './nightly.ts'
import type { LifeParts } from './parts.ts'
import { purgeKind, purging } from './purging.ts'
import { restoreKind, restoring } from './restoring.ts'
import { switching, switchKind } from './switching.ts'

export type { Asked } from './asking.ts'
export { askForBackup } from './backing-up.ts'
export { askToDrop, dropGivenUp } from './dropping-spares.ts'
export { exportTo } from './exporting/exporting.ts'
export { exportAsMember } from './exporting/own-export.ts'
export { ZipTooLarge } from '#platform/server/zip.ts'
export { askForMove } from './moving.ts'
export { askForPurge } from './purging.ts'
export { askForRestore } from './restoring.ts'
export { askForSwitch } from './switching.ts'
export { isGone, mayComeBack } from './queries.ts'
export { backupsToRestore, certificateOf, sparesBeside, troubleOf } from './telling.ts'
export { lifeParts, type LifeParts, type LifeShared } from './parts.ts'

export const lifeHandlers = (on: On & { databases: Pick<TenantDatabases, 'within'> }): Handler[] => [
  backingUp(on),
  restoring(on),
  comparing(on),
  switching(on),
  moving(on),
  exporting(on),
  droppingSpares(on),
  ...purging(on),
]

export const lifeKinds = (on: LifeParts): WorkKind[] => [
  backupKind(on),
  restoreKind(on),
  switchKind(on),
  moveKind(on),
  purgeKind(on),
]

export const lifeErrands = (on: LifeParts): Errand[] => [spareErrand(on)]

export const lifeSchedules = (on: LifeParts & { jobs: () => Jobs }): Schedule[] => [
  backupSchedule(on),
  spareSchedule(on),
]

/** Work somebody waits for in the tray. */
export const lifeWorks = (
  on: LifeParts & { sentences: Sentences; audit: Pick<Audit, 'writeDownAs'> },
): BackgroundWork[] => [exportWork(on)]

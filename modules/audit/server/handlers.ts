import type { Clock } from '#platform/server/clock.ts'
import type { Schedule } from '#platform/server/jobs.ts'
import type { Handler } from '#platform/server/requests.ts'
import type { Sentences } from '#platform/server/sentences.ts'
import type { Vault } from '#platform/server/vault.ts'
import type { Audit } from './audit.ts'
import { asking } from './erasing/asking.ts'
import { listing } from './erasing/listing.ts'
import { previewing } from './erasing/previewing.ts'
import { retaining, retentionSchedule } from './erasing/retaining.ts'
import { reading } from './reading.ts'
import { listing as searching } from './searching/listing.ts'

export const auditHandlers = (on: { vault: Vault }): Handler[] => [
  ...searching(on),
  reading(on),
  ...listing,
  ...previewing,
  asking,
  ...retaining,
]

export const auditSchedules = (on: { audit: Audit; clock: Clock; sentences: Sentences }): Schedule[] => [
  retentionSchedule(on),
]

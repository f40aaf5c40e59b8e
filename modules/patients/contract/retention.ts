/** How long a patient's file is kept: in use, then archived, then erased; counted from the last time they came. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Revision } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { practiceChanged } from '#contract/cabinet'
import { member } from './common.ts'

export const ActiveYears = z.coerce.number().int().min(1).max(30)
export const ArchiveYears = z.coerce.number().int().min(0).max(50)

/** How many of those concerned are named. */
export const retentionShown = 200

export const Concerned = z.object({
  id: Id,
  name: z.string(),
  /** The last appointment that was not cancelled, else the day they were added. */
  lastContactOn: Day,
})

const Due = z.object({ count: z.int(), rows: z.array(Concerned) })

export const Retention = z.object({
  /** What is set. */
  activeYears: z.int(),
  archiveYears: z.int(),
  /** Of the practice: who changes it says which one they saw. */
  revision: z.int(),
  /** By what was asked for, today. */
  today: Day,
  archive: Due,
  erase: Due,
})
export type Retention = z.infer<typeof Retention>

export const retentionActs = ['archive', 'erase'] as const
export type RetentionAct = (typeof retentionActs)[number]

/** Others are concerned by now than those that were shown. */
export const retentionMoved = refusal('retention_moved')
export const retentionWordWrong = refusal('retention_word_wrong', 422)

const mine = { ...member, may: 'patients.requests' } as const

export const getRetention = endpoint({
  ...mine,
  method: 'GET',
  path: '/retention',
  summary: 'How long files are kept, and whom that rule, or one that is being thought about, concerns today',
  input: {
    query: z.object({ activeYears: ActiveYears.optional(), archiveYears: ArchiveYears.optional() }),
  },
  output: Retention,
  refreshedBy: ['patients', 'agenda', 'practice'],
})

export const setRetention = endpoint({
  ...mine,
  method: 'PUT',
  path: '/retention',
  records: 'retention.updated',
  impersonated: 'refused',
  summary: 'Sets how long files are kept; nothing is archived or erased by it',
  input: {
    body: z.object({
      revision: Revision,
      activeYears: z.int().min(1).max(30),
      archiveYears: z.int().min(0).max(50),
    }),
  },
  output: Retention,
  refusals: [practiceChanged],
  touches: ['practice', 'patients'],
})

export const applyRetention = endpoint({
  ...mine,
  stepUp: true,
  method: 'POST',
  path: '/retention/runs',
  records: 'retention.applied',
  impersonated: 'refused',
  summary: 'Archives, or erases, everybody the rule concerns today',
  input: {
    body: z.object({
      act: z.enum(retentionActs),
      /** How many were shown: with another number now, nothing is done. */
      count: z.int().min(1),
      /** The word the screen asks for, in the language of who asks. */
      typed: z.string().max(100),
    }),
  },
  output: z.object({ count: z.int() }),
  refusals: [retentionMoved, retentionWordWrong],
  touches: ['patients', 'patient_requests'],
})

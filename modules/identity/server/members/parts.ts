import type { Profile, Right } from '#contract/identity'
import type { CentralDb } from '#platform/server/db.ts'
import type { Parts } from '../parts.ts'

/** What the catalogue says of a practice, as far as signing in goes by it. */
export type KnownPractice = {
  name: string
  kind: Profile
  state: 'provisioning' | 'active' | 'suspended' | 'moving' | 'purging' | 'purged'
  /** What it was before it moved. */
  stateBefore?: 'active' | 'suspended' | null
  /** Everybody who works there shows a second factor. */
  secondFactorRequired: boolean
}

/** What identity knows of practices: handed over by the app, since practices stand above it. */
export type Practices = {
  /** The practice app's origin: where mailed links lead. */
  practiceUrl: URL
  practices(db: CentralDb, ids: readonly string[]): Promise<ReadonlyMap<string, KnownPractice>>
  /** The same of one, as each request goes by it: at most a second old, and no older than the last news of it. */
  practice(tenantId: string): Promise<KnownPractice | undefined>
  /** What a member may do in a practice, and the role of its database they do it in. */
  rightsIn(who: { profile: Profile; kind: Profile; holder: boolean; rights: readonly Right[] }): {
    role: Profile
    permissions: readonly string[]
  }
  requireSecondFactor(db: CentralDb, tenantId: string, required: boolean): Promise<void>
  /** The clock the practice goes by, an IANA name. */
  timeZoneOf(tenantId: string): Promise<string>
  /** Has the practice's own database know who comes in; done before each session begins. */
  enterPractice(who: {
    tenantId: string
    memberId: string
    profile: Profile
    firstName: string
    lastName: string
  }): Promise<void>
  /** The same for who left; tried again until it is known. */
  leavePractice(who: { tenantId: string; memberId: string; leftAt: Date }): Promise<void>
}

/** What the members' side of identity stands on. */
export type MemberParts = Parts & Practices

/** Whether a member comes in: `open`, or `suspended` by the vendor, or `shut`, as if there were no such practice. */
export function doorOf(practice: KnownPractice | undefined): 'open' | 'suspended' | 'shut' {
  const state = practice?.state === 'moving' ? practice.stateBefore : practice?.state
  if (state === 'active') return 'open'
  return state === 'suspended' ? 'suspended' : 'shut'
}

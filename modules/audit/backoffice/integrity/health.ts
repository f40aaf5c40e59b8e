/** What the log's status comes down to, the worst first. */
import type { AuditStatus } from '#contract/audit'

export type Health = 'altered' | 'contradicted' | 'late' | 'unverified' | 'sound'

export function healthOf({ lastVerification, witnesses, late }: AuditStatus): Health {
  if (lastVerification && !lastVerification.sound) return 'altered'
  if (witnesses.some(({ trouble }) => trouble?.code === 'contradiction')) return 'contradicted'
  if (late) return 'late'
  return lastVerification ? 'sound' : 'unverified'
}

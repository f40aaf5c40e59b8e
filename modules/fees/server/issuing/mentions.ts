import type { MissingMention } from '#contract/fees'
import type { PracticeRow, ProfileRow } from './mention-queries.ts'

/** What the law and health insurances want said, and nobody told yet; a name everybody has. */
export function missingOf(practice: PracticeRow, profile: ProfileRow): MissingMention[] {
  const told: Record<MissingMention, unknown> = {
    profession: profile.profession.trim(),
    // RPPS takes the place of ADELI; who has only the older one prints that.
    rpps: profile.rpps ?? profile.adeli,
    address: practice.address.trim(),
    postcode: practice.postcode.trim(),
    city: practice.city.trim(),
  }
  return (Object.keys(told) as MissingMention[]).filter((field) => !told[field])
}

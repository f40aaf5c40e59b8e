/**
 * Which payloads an erasure is about, said once: what the preview counts is what the sequencer deletes. Over `entry`, a
 * row of audit_entries or of audit_log, whose columns are read from the leaf: no row says anything else than the tree.
 */

/** $1 kind, $2 before, or null: whenever, $3 object's type, $4 its id, $5 who acted. */
export const isMeant = `
  ($2::timestamptz IS NULL OR entry.at < $2::timestamptz)
  AND CASE $1::text
    WHEN 'age' THEN true
    WHEN 'object' THEN entry.object_type = $3::text AND (entry.object_id = $4::text OR entry.object_ids @> ARRAY[$4::text])
    WHEN 'person' THEN entry.actor_id = $5::text
  END`

/** What tells of erasures is never erased by one. */
export const mayBeErased = `entry.verb NOT LIKE 'audit\\_payloads.%'`

/** By age nothing younger than six months, of `erasure`, a row of audit_erasures; an hour of it for clocks that differ. */
export const isOldEnough = `(erasure.kind <> 'age' OR erasure.before <=
  (erasure.requested_at AT TIME ZONE 'Europe/Paris' - interval '6 months') AT TIME ZONE 'Europe/Paris' + interval '1 hour')`

export type Meant = {
  kind: 'age' | 'object' | 'person'
  before: Date | null
  objectType?: string | null | undefined
  objectId?: string | null | undefined
  actorId?: string | null | undefined
}

/** The values of $1 to $5. */
export const valuesOf = ({ kind, before, objectType, objectId, actorId }: Meant): unknown[] => [
  kind,
  before,
  objectType ?? null,
  objectId ?? null,
  actorId ?? null,
]

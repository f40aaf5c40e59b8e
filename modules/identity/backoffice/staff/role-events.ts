import type { StaffDetail } from '#contract/identity'

type Held = StaffDetail['roleHistory'][number]
export type RoleEvent = { kind: 'given' | 'ended'; role: Held['role']; at: string; by: string | null }

/** Each time a role was held has a beginning, and perhaps an end: as single events, newest first. */
export function roleEvents(history: readonly Held[]): RoleEvent[] {
  return history
    .flatMap(({ role, givenAt, givenBy, endedAt, endedBy }): RoleEvent[] => [
      { kind: 'given', role, at: givenAt, by: givenBy },
      ...(endedAt === null ? [] : [{ kind: 'ended' as const, role, at: endedAt, by: endedBy }]),
    ])
    .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
}

import type { RightsDifference } from '#contract/access'

/** People who gain and lose the same stand together: sixty salespeople are one line to read and sixty names to check. */
export type PeopleGroup = { gains: readonly string[]; losses: readonly string[]; names: string[] }

/** Who loses something first, then the larger groups; names in the order they came. */
export function peopleGroups(people: readonly RightsDifference[]): PeopleGroup[] {
  const groups = Map.groupBy(people, ({ gains, losses }) => JSON.stringify([gains, losses]))
  return [...groups.values()]
    .map((of) => ({
      gains: of[0]?.gains ?? [],
      losses: of[0]?.losses ?? [],
      names: of.map(({ name }) => name),
    }))
    .toSorted(
      (one, other) =>
        Number(other.losses.length > 0) - Number(one.losses.length > 0) ||
        other.names.length - one.names.length,
    )
}

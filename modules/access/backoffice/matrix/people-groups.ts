import type { RightsDifference } from '#contract/access'

/** People who gain and lose the same stand together: sixty salespeople are one line to read and sixty names to check. */
export type PeopleGroup = Readonly<Pick<RightsDifference, 'gains' | 'losses' | 'limited'>> & {
  names: string[]
}

/** Who loses something first, or keeps it within limits only, then the larger groups; names in the order they came. */
export function peopleGroups(people: readonly RightsDifference[]): PeopleGroup[] {
  const groups = Map.groupBy(people, ({ gains, losses, limited }) => JSON.stringify([gains, losses, limited]))
  return [...groups.values()]
    .map((of) => ({
      gains: of[0]?.gains ?? [],
      losses: of[0]?.losses ?? [],
      limited: of[0]?.limited ?? [],
      names: of.map(({ name }) => name),
    }))
    .toSorted(
      (one, other) => Number(hasLess(other)) - Number(hasLess(one)) || other.names.length - one.names.length,
    )
}

const hasLess = ({ losses, limited }: PeopleGroup) => losses.length + limited.length > 0

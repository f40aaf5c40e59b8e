/** A ratio: 0.062 is 6.2 % more; null where there is nothing to compare with. */
export function changeSince(before: number | null | undefined, now: number): number | null {
  return before == null || before <= 0 ? null : (now - before) / before
}

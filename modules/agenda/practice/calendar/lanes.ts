/** Where things that share an hour stand: side by side, as few as possible, as wide as there is room. */

export type Span = { id: string; from: number; to: number }
/** The lane it stands in, of how many, and how many it may spread over. */
export type Lane = { lane: number; lanes: number; spread: number }

/** @param spans of one column, in any order; minutes */
export function lanesOf(spans: readonly Span[]): Map<string, Lane> {
  const placed = new Map<string, Lane>()
  // What touches nothing before it begins a group of its own.
  let group: { span: Span; lane: number }[] = []
  let ends: number[] = []
  const close = () => {
    for (const { span, lane } of group) {
      const right = group.filter((other) => other.lane > lane && overlap(other.span, span))
      const next = Math.min(ends.length, ...right.map((other) => other.lane))
      placed.set(span.id, { lane, lanes: ends.length, spread: next - lane })
    }
    group = []
    ends = []
  }
  for (const span of spans.toSorted((one, other) => one.from - other.from || other.to - one.to)) {
    if (ends.length > 0 && ends.every((end) => end <= span.from)) close()
    const free = ends.findIndex((end) => end <= span.from)
    const lane = free < 0 ? ends.length : free
    ends[lane] = span.to
    group.push({ span, lane })
  }
  close()
  return placed
}

function overlap(one: Span, other: Span): boolean {
  return one.from < other.to && other.from < one.to
}

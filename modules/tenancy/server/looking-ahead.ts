const atOnce = 32
const freshMs = 500

/**
 * Asks about one of many that are worked off in their order, with those that come next in the same question. An answer is
 * no older than half a second.
 */
export function lookingAhead<Row extends { id: string }>(
  ids: readonly string[],
  read: (ids: readonly string[]) => Promise<readonly Row[]>,
): (id: string) => Promise<Row | undefined> {
  const places = new Map(ids.map((id, place) => [id, place]))
  const known = new Map<string, { until: number; rows: Promise<ReadonlyMap<string, Row>> }>()
  return async (id) => {
    const now = performance.now()
    const found = known.get(id)
    if (found && found.until > now) return (await found.rows).get(id)
    const place = places.get(id) ?? 0
    const next = ids.slice(place, place + atOnce)
    const rows = read(next).then((answer) => new Map(answer.map((row) => [row.id, row])))
    for (const each of next) known.set(each, { until: now + freshMs, rows })
    return (await rows).get(id)
  }
}

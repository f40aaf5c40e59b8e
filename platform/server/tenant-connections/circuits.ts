export type Circuits = ReturnType<typeof openCircuits>

/**
 * A cluster that does not answer is left alone for a while: asking it costs time, and the places of others.
 *
 * @param on atOnce: how many connections to one cluster may be under way at a time: until it is known to be down, they hold
 * places that others could use
 * @param heard told when a cluster stops answering, with why, and when it answers again (null)
 */
export function openCircuits(
  { atOnce, leftAloneMs }: { atOnce: number; leftAloneMs: number },
  heard: (clusterId: string, trouble: string | null) => void,
) {
  const clusters = new Map<string, { downUntil: number; opening: number }>()
  const of = (clusterId: string) => {
    const known = clusters.get(clusterId) ?? { downUntil: 0, opening: 0 }
    clusters.set(clusterId, known)
    return known
  }
  return {
    /** `wait`: enough are under way. `down`: it failed to answer a moment ago, or somebody is finding out just now. */
    ask(clusterId: string): 'try' | 'wait' | 'down' {
      const { downUntil, opening } = of(clusterId)
      if (downUntil > 0) return performance.now() < downUntil || opening > 0 ? 'down' : 'try'
      return opening < atOnce ? 'try' : 'wait'
    },
    begin(clusterId: string): void {
      of(clusterId).opening++
    },
    /** @param trouble why it could not be reached; undefined where it answered, be it with a refusal */
    end(clusterId: string, trouble: string | undefined): void {
      const cluster = of(clusterId)
      const wasDown = cluster.downUntil > 0
      cluster.opening--
      cluster.downUntil = trouble === undefined ? 0 : performance.now() + leftAloneMs
      if (wasDown !== (trouble !== undefined)) heard(clusterId, trouble ?? null)
    },
  }
}

/** How many databases are worked on at once: over all, and on one cluster where there are several. */
type Bounds = { overAll: number; perCluster: number }

/** What a cluster does in parallel without being slower for those who work in it. */
export const boundsFor = (clusters: number): Bounds => ({ overAll: 8, perCluster: clusters > 1 ? 4 : 8 })

/**
 * Does the work on each, those of a cluster in their order. Work that fails says so by itself; what it throws ends the
 * whole: nothing more is begun, what is under way is waited for.
 */
export async function eachWithin<Item extends { clusterId: string }>(
  items: readonly Item[],
  { overAll, perCluster }: Bounds,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queues = [...Map.groupBy(items, ({ clusterId }) => clusterId).values()]
  // A lane works off its cluster's queue beside that queue's other lanes. All clusters have their first one before any
  // has its second; lanes beyond the bound take the places of those that ended.
  const lanes = Array.from({ length: perCluster }, () => queues).flat()
  let failure: { error: unknown } | undefined
  const workers = Array.from({ length: Math.min(overAll, lanes.length) }, async () => {
    for (let queue = lanes.shift(); queue; queue = lanes.shift())
      for (let item = queue.shift(); item && !failure; item = queue.shift())
        await work(item).catch((error: unknown) => (failure ??= { error }))
  })
  await Promise.all(workers)
  if (failure) throw failure.error
}

import { type Cluster, listClusters } from '#contract/tenancy'
import { useEndpoint } from '#platform/ui/data.ts'
import type { Option } from '#platform/ui/select.tsx'

/** Where tenants are, for filters and choices. */
export function useClusters(): readonly Cluster[] {
  return useEndpoint(listClusters).data?.rows ?? []
}

export const clusterOptions = (clusters: readonly Cluster[]): Option[] =>
  clusters.map(({ id, name }) => ({ value: id, label: name }))

export const roomOf = ({ capacity, tenants }: Cluster) => Math.max(0, capacity - tenants)

/** Whether one more can be put there. */
export const takesMore = (cluster: Cluster) =>
  cluster.state === 'open' && cluster.unreachableSince === null && roomOf(cluster) > 0

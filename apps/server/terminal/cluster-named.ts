import { listedClusters } from '#server/tenancy'
import type { OwnFleet } from './own-fleet.ts'
import { WrongUsage } from './wrong-usage.ts'

/** @throws {WrongUsage} there is none */
export async function clusterNamed({ db }: Pick<OwnFleet, 'db'>, said: string) {
  const all = await listedClusters(db)
  const found = all.find(({ name }) => name === said)
  if (found) return found
  throw new WrongUsage(`There is no cluster "${said}". Clusters: ${all.map(({ name }) => name).join(', ')}.`)
}

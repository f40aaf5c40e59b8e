import { tenantsNamed, type NamedTenant } from '#server/tenancy'
import type { OwnFleet } from './own-fleet.ts'
import { WrongUsage } from './wrong-usage.ts'

/**
 * The one tenant somebody means.
 * @param said an id, the name of its database or login, or words of whose practice it is
 * @throws {WrongUsage} none or several
 */
export async function tenantNamed(
  { db }: Pick<OwnFleet, 'db'>,
  said: string | undefined,
): Promise<NamedTenant> {
  if (said === undefined || said.trim() === '') throw new WrongUsage('Which tenant?')
  const all = await tenantsNamed(db, said)
  const exactly = all.filter(({ name }) => name === said)
  const found = exactly.length === 1 ? exactly : all
  const [only] = found
  if (only && found.length === 1) return only
  if (!only) throw new WrongUsage(`There is no tenant "${said}".`)
  const some = found.slice(0, 10).map(({ id, name }) => `  ${id}  ${name}`)
  throw new WrongUsage(`"${said}" is not one tenant alone:\n${some.join('\n')}`)
}

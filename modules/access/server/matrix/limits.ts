import type { RoleLimits } from '#contract/access'
import type { CentralDb } from '#platform/server/db.ts'
import { WrongField, type Limit } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'

export function limitsOnTheWire(limits: readonly Limit[]): RoleLimits {
  const values = (kind: string) => [...(limits.find((limit) => limit.kind === kind)?.values ?? [])]
  return {
    departments: values('department'),
    clients: values('client'),
    own: limits.some(({ kind }) => kind === 'own'),
  }
}

export function limitsOffTheWire({ departments, clients, own }: RoleLimits): Limit[] {
  return [
    ...(departments.length > 0 ? [{ kind: 'department', values: departments }] : []),
    ...(clients.length > 0 ? [{ kind: 'client', values: clients }] : []),
    ...(own ? [{ kind: 'own', values: [''] }] : []),
  ]
}

/** The limits without repetitions, every department and client of which exists. */
export async function checkedLimits(on: Parts, db: CentralDb, limits: RoleLimits): Promise<RoleLimits> {
  const departments = [...new Set(limits.departments)].toSorted()
  const clients = [...new Set(limits.clients.map((id) => id.toLowerCase()))].toSorted()
  if (departments.some((code) => !on.departments.includes(code)))
    throw new WrongField('body', 'limits.departments', 'department_unknown')
  if (clients.length > 0 && (await on.clientsAmong(db, clients)).length < clients.length)
    throw new WrongField('body', 'limits.clients', 'client_unknown')
  return { departments, clients, own: limits.own }
}

import type { Fleet, FleetMigration } from '#contract/tenancy'

type May = (permission: string) => boolean

const isOpen = (migration: FleetMigration | null) =>
  migration?.state === 'waiting' || migration?.state === 'running'

export const fleetCan = {
  start: ({ latest, versions, currentVersion }: Fleet, may: May) =>
    !isOpen(latest) &&
    versions.some(({ version, tenants }) => version < currentVersion && tenants > 0) &&
    may('tenants.operate'),
  stop: (migration: FleetMigration, may: May) => isOpen(migration) && may('tenants.operate'),
  checkDrift: (may: May) => may('tenants.operate'),
  updateCluster: (may: May) => may('tenants.operate'),
}

import type { Spare, TenantRow } from '#contract/tenancy'

type May = (permission: string) => boolean
type Standing = Pick<TenantRow, 'state' | 'work'>

/** It is whole, people work in it or could, and nothing is being done to it. */
const stands = ({ state }: Standing) => state === 'active' || state === 'suspended'
const isFree = (tenant: Standing) => stands(tenant) && tenant.work === null

/** What may be done with a tenant, for menus and cards alike: what may not be done is not shown. */
export const tenantCan = {
  suspend: (tenant: Standing, may: May) =>
    tenant.state === 'active' && isFree(tenant) && may('tenants.suspend'),
  resume: ({ state }: Standing, may: May) => state === 'suspended' && may('tenants.suspend'),
  export: (tenant: Standing, may: May) => stands(tenant) && may('tenants.export'),
  chooseCanary: (tenant: Standing, may: May) => stands(tenant) && may('tenants.operate'),
  backUp: (tenant: Standing, may: May) => isFree(tenant) && may('tenants.operate'),
  restore: (tenant: Standing, may: May) => isFree(tenant) && may('tenants.operate'),
  move: (tenant: Standing, may: May) => isFree(tenant) && may('tenants.operate'),
  /** What was left behind on another cluster cannot be gone back to. */
  switch: (tenant: Standing & { cluster: string }, spare: Spare, may: May) =>
    isFree(tenant) && spare.cluster === tenant.cluster && may('tenants.operate'),
  dropSpare: (tenant: Standing, may: May) => tenant.work === null && may('tenants.operate'),
  /** A purge that failed is taken up again. */
  purge: (tenant: Standing, may: May) =>
    (isFree(tenant) || (tenant.state === 'purging' && tenant.work === null)) && may('tenants.purge'),
}

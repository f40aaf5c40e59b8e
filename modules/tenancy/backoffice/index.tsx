import { DatabaseZap, Layers, Siren } from 'lucide-react'
// By type alone: the contract comes with the pages.
import type { exportJobKind } from '#contract/tenancy'
import { fileOf } from '#platform/ui/job-file.ts'
import type { Manifest } from '#platform/ui/manifest.ts'
import type fr from '../messages/fr.json'
import { fleetTo, listTo, watchTo } from './addresses.ts'
import { exportedWhat } from './exported-file.ts'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

const needs = 'tenants.read'

export const backoffice: Manifest = {
  pages: [
    {
      path: '/tenants',
      title: 'tenancy.title',
      needs,
      load: () => import('./list/tenant-list.tsx').then((module) => module.TenantList),
    },
    {
      path: '/tenants/fleet',
      title: 'tenancy.fleet.title',
      under: '/tenants',
      needs,
      load: () => import('./fleet/fleet-page.tsx').then((module) => module.FleetPage),
    },
    {
      path: '/tenants/$id',
      title: 'tenancy.one',
      under: '/tenants',
      needs,
      load: () => import('./one/tenant-page.tsx').then((module) => module.TenantPage),
    },
  ],
  menu: [
    {
      group: 'shell.group.administration',
      label: 'tenancy.title',
      icon: DatabaseZap,
      to: listTo(),
      needs,
      shortcut: 'g p',
    },
  ],
  commands: [
    { label: 'tenancy.command.fleet', icon: Layers, to: fleetTo, needs },
    { label: 'tenancy.command.watch', icon: Siren, to: watchTo, needs },
  ],
  records: [
    {
      label: 'tenancy.title',
      icon: DatabaseZap,
      needs,
      objectType: 'tenant',
      search: async (text, signal) => (await import('./list/tenant-search.ts')).searchTenants(text, signal),
    },
  ],
  cards: {
    client: {
      needs,
      load: () => import('./of-client/tenant-card.tsx').then((module) => module.TenantCard),
    },
  },
  jobs: {
    ['tenant-export' satisfies typeof exportJobKind]: {
      label: 'tenancy.export.job',
      detail: exportedWhat,
      result: (job) => {
        const download = fileOf(job)
        return download ? { label: 'tenancy.export.download', download } : null
      },
    },
  },
}

import { CalendarClock, UserPlus, UsersRound } from 'lucide-react'
// By type alone: the contract comes with the pages.
import type { exportJobKind } from '#contract/clients'
import { fileOf } from '#platform/ui/job-file.ts'
import type { Manifest } from '#platform/ui/manifest.ts'
import { part } from '#platform/ui/part.tsx'
import { withWords } from '#platform/ui/words.ts'
import type fr from '../messages/fr.json'
import { listTo, newTo, prospectsTo, trialsTo } from './addresses.ts'
import { exportedWhat } from './exported-file.ts'
import type { SavedViewsProps } from './saved-views.tsx'
import { importCommands, importJobs, importPages } from './import-manifest.ts'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

const needs = 'clients.read'

export type { SavedViewsProps }

/** Filters and order under a name: any list whose filters live in its address has them. */
export const savedViews = part<SavedViewsProps>(() =>
  withWords(
    ['clients'],
    import('./saved-views.tsx').then((module) => module.SavedViews),
  ),
)

export const backoffice: Manifest = {
  pages: [
    {
      path: '/clients',
      title: 'clients.title',
      needs,
      load: () => import('./client-list.tsx').then((module) => module.ClientList),
    },
    {
      path: '/clients/new',
      title: 'clients.new',
      under: '/clients',
      needs: 'clients.write',
      load: () => import('./new-client-page.tsx').then((module) => module.NewClientPage),
    },
    {
      path: '/clients/$id',
      title: 'clients.one',
      under: '/clients',
      needs,
      load: () => import('./client-page.tsx').then((module) => module.ClientPage),
    },
    {
      path: '/clients/$id/edit',
      title: 'clients.edit',
      under: '/clients/$id',
      needs: 'clients.write',
      load: () => import('./edit-client-page.tsx').then((module) => module.EditClientPage),
    },
    ...importPages,
  ],
  menu: [
    {
      group: 'shell.group.customers',
      label: 'clients.title',
      icon: UsersRound,
      to: '/clients',
      needs,
      shortcut: 'g c',
    },
  ],
  commands: [
    { label: 'clients.new', icon: UserPlus, to: newTo, needs: 'clients.write', shortcut: 'n' },
    { label: 'clients.command.trials', icon: CalendarClock, to: trialsTo, needs },
    ...importCommands,
  ],
  records: [
    {
      label: 'clients.title',
      icon: UsersRound,
      needs,
      objectType: 'client',
      search: async (text, signal) => (await import('./client-search.ts')).searchClients(text, signal),
    },
  ],
  jobs: {
    ...importJobs,
    ['client-export' satisfies typeof exportJobKind]: {
      label: 'clients.export.job',
      detail: exportedWhat,
      result: (job) => {
        const download = fileOf(job)
        return download ? { label: 'clients.export.download', download } : null
      },
    },
  },
  landing: {
    sales: prospectsTo,
    technical_administrator: listTo(),
  },
  limitChoices: {
    department: part(() =>
      withWords(
        ['clients'],
        import('./limit-departments.tsx').then((module) => module.LimitDepartments),
      ),
    ),
    client: part(() =>
      withWords(
        ['clients'],
        import('./limit-clients.tsx').then((module) => module.LimitClients),
      ),
    ),
  },
}

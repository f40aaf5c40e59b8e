import { Bookmark, Building2, DatabaseSearch, Download, Eye, History, Send, ShieldCheck } from 'lucide-react'
import type { Manifest } from '#platform/ui/manifest.ts'
import type { sqlExportJobKind } from '#contract/sql-console'
import type fr from '../messages/fr.json'
import { consoleTo, historyTo, requestsTo, unmaskingsTo, waitingTo } from './addresses.ts'
import { exportsTo } from './exports/addresses.ts'
import { exportedWhat } from './exports/exported-file.ts'
import { fleetsTo, sendTo } from './fleet/addresses.ts'
import { queriesTo } from './saved/addresses.ts'
import { searchQueries } from './saved/query-search.ts'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

const needs = 'sql.read'

export const backoffice: Manifest = {
  pages: [
    {
      path: '/sql',
      title: 'sql.title',
      needs,
      load: () => import('./editor/console-page.tsx').then((module) => module.ConsolePage),
    },
    {
      path: '/sql/requests',
      title: 'sql.requests',
      under: '/sql',
      needs,
      load: () => import('./requests/request-list.tsx').then((module) => module.RequestList),
    },
    {
      path: '/sql/requests/$id',
      title: 'sql.request',
      under: '/sql/requests',
      needs,
      load: () => import('./requests/request-page.tsx').then((module) => module.RequestPage),
    },
    {
      path: '/sql/unmaskings',
      title: 'sql.unmaskings',
      under: '/sql',
      needs,
      load: () => import('./unmasking/unmasking-list.tsx').then((module) => module.UnmaskingList),
    },
    {
      path: '/sql/history',
      title: 'sql.history',
      under: '/sql',
      needs,
      load: () => import('./history/run-history.tsx').then((module) => module.RunHistory),
    },
    {
      path: '/sql/exports',
      title: 'sql.exports',
      under: '/sql',
      needs: 'sql.export',
      load: () => import('./exports/export-list.tsx').then((module) => module.ExportList),
    },
    {
      path: '/sql/queries',
      title: 'sql.saved',
      under: '/sql',
      needs,
      load: () => import('./saved/query-list.tsx').then((module) => module.QueryList),
    },
    {
      path: '/sql/fleets',
      title: 'sql.fleets',
      under: '/sql',
      needs,
      load: () => import('./fleet/fleet-list.tsx').then((module) => module.FleetList),
    },
    {
      path: '/sql/fleets/new',
      title: 'sql.fleet.send',
      under: '/sql/fleets',
      needs,
      load: () => import('./fleet/send-page.tsx').then((module) => module.SendPage),
    },
    {
      path: '/sql/fleets/$id',
      title: 'sql.fleet',
      under: '/sql/fleets',
      needs,
      load: () => import('./fleet/fleet-page.tsx').then((module) => module.FleetPage),
    },
  ],
  menu: [
    {
      group: 'shell.group.administration',
      label: 'sql.title',
      icon: DatabaseSearch,
      to: consoleTo(),
      needs,
      shortcut: 'g q',
    },
  ],
  commands: [
    { label: 'sql.requests', icon: ShieldCheck, to: requestsTo(), needs },
    { label: 'sql.command.waiting', icon: ShieldCheck, to: waitingTo, needs: 'sql.approve' },
    { label: 'sql.history', icon: History, to: historyTo(), needs },
    { label: 'sql.saved', icon: Bookmark, to: queriesTo(), needs },
    { label: 'sql.unmaskings', icon: Eye, to: unmaskingsTo(), needs },
    { label: 'sql.exports', icon: Download, to: exportsTo, needs: 'sql.export' },
    { label: 'sql.fleets', icon: Building2, to: fleetsTo(), needs },
    { label: 'sql.fleet.send', icon: Send, to: sendTo(), needs },
  ],
  records: [{ label: 'sql.saved', icon: Bookmark, needs, objectType: 'sql_query', search: searchQueries }],
  jobs: {
    ['sql-export' satisfies typeof sqlExportJobKind]: {
      label: 'sql.export.job',
      detail: exportedWhat,
      result: ({ result }) =>
        result?.['cancelled'] === true ? null : { label: 'sql.export.job.see', to: exportsTo },
    },
  },
}

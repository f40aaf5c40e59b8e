import { FilePlus2, Scale, TimerOff } from 'lucide-react'
// By type alone: the contract comes with the pages.
import type { copyJobKind } from '#contract/privacy'
import { fileOf } from '#platform/ui/job-file.ts'
import type { Manifest } from '#platform/ui/manifest.ts'
import type fr from '../messages/fr.json'
import { lateTo, newTo, registerTo } from './addresses.ts'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

const needs = 'privacy.read'

export const backoffice: Manifest = {
  pages: [
    {
      path: '/privacy',
      title: 'privacy.title',
      needs,
      load: () => import('./request-list.tsx').then((module) => module.RequestList),
    },
    {
      path: '/privacy/new',
      title: 'privacy.new',
      under: '/privacy',
      needs: 'privacy.manage',
      load: () => import('./new-request-page.tsx').then((module) => module.NewRequestPage),
    },
    {
      path: '/privacy/$id',
      title: 'privacy.one',
      under: '/privacy',
      needs,
      load: () => import('./request-page.tsx').then((module) => module.RequestPage),
    },
    {
      path: '/privacy/$id/edit',
      title: 'privacy.edit',
      under: '/privacy/$id',
      needs: 'privacy.manage',
      load: () => import('./edit-request-page.tsx').then((module) => module.EditRequestPage),
    },
  ],
  menu: [
    {
      group: 'shell.group.administration',
      label: 'privacy.title',
      icon: Scale,
      to: registerTo(),
      needs,
      shortcut: 'g d',
    },
  ],
  commands: [
    { label: 'privacy.new', icon: FilePlus2, to: newTo, needs: 'privacy.manage' },
    { label: 'privacy.command.late', icon: TimerOff, to: lateTo, needs },
  ],
  records: [
    {
      label: 'privacy.title',
      icon: Scale,
      needs,
      search: async (text, signal) => (await import('./request-search.ts')).searchRequests(text, signal),
    },
  ],
  jobs: {
    ['privacy-copy' satisfies typeof copyJobKind]: {
      label: 'privacy.copy.job',
      detail: (job, t) => {
        const number = job.result?.['number']
        return typeof number === 'number' ? t('privacy.numbered', { number: String(number) }) : null
      },
      result: (job) => {
        const download = fileOf(job)
        return download ? { label: 'privacy.copy.download', download } : null
      },
    },
  },
  landing: { compliance: registerTo() },
}

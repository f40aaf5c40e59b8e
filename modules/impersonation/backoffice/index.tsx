import { Headset, Radio, ShieldAlert, UserRoundCog } from 'lucide-react'
import type { Manifest } from '#platform/ui/manifest.ts'
import { part } from '#platform/ui/part.tsx'
import { withWords } from '#platform/ui/words.ts'
import type fr from '../messages/fr.json'
import { listTo, practicesTo, reviewTo, runningTo } from './addresses.ts'
import type { AsleepProps } from './asleep/asleep.tsx'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

const needs = 'impersonation.read'

/** Instead of the whole back-office, while its session sleeps. */
export const asleep = part<AsleepProps>(() =>
  withWords(
    ['impersonation'],
    import('./asleep/asleep.tsx').then((module) => module.Asleep),
  ),
)

export const backoffice: Manifest = {
  pages: [
    {
      path: '/impersonations',
      title: 'impersonation.title',
      needs,
      load: () => import('./list/impersonation-list.tsx').then((module) => module.ImpersonationList),
    },
    {
      path: '/impersonations/$id',
      title: 'impersonation.one',
      under: '/impersonations',
      needs,
      load: () => import('./one/impersonation-page.tsx').then((module) => module.ImpersonationPage),
    },
    {
      path: '/impersonations/$id/enter',
      title: 'impersonation.enter',
      frame: 'bare',
      load: () => import('./enter/enter-page.tsx').then((module) => module.EnterPage),
    },
  ],
  // The log's words for what was seen and done.
  borrows: ['audit'],
  menu: [
    {
      group: 'shell.group.support',
      label: 'impersonation.title',
      icon: Headset,
      to: listTo(),
      needs,
      shortcut: 'g a',
    },
  ],
  commands: [
    {
      label: 'impersonation.command.take',
      icon: UserRoundCog,
      to: practicesTo,
      needs: 'impersonation.start',
    },
    { label: 'impersonation.command.running', icon: Radio, to: runningTo, needs },
    {
      label: 'impersonation.command.review',
      icon: ShieldAlert,
      to: reviewTo,
      needs: 'impersonation.approve',
    },
  ],
  cards: {
    member: {
      needs: 'impersonation.start',
      load: () => import('./ask/of-member.tsx').then((module) => module.OfMember),
    },
    ticket: {
      needs: 'impersonation.read',
      load: () => import('./ask/of-ticket.tsx').then((module) => module.OfTicket),
    },
    tenant: {
      needs: 'impersonation.start',
      load: () => import('./ask/of-tenant.tsx').then((module) => module.OfTenant),
    },
  },
}

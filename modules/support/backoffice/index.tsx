import {
  AlarmClock,
  CalendarClock,
  ChartColumn,
  Inbox,
  MailPlus,
  MailQuestion,
  MessageSquarePlus,
  TextQuote,
  TicketCheck,
} from 'lucide-react'
import type { Manifest } from '#platform/ui/manifest.ts'
import type fr from '../messages/fr.json'
import { dayTo, mineTo, newTo, queueTo, soonTo } from './addresses.ts'
import { contactPath } from './contact/addresses.ts'
import { macrosTo } from './macros/addresses.ts'
import { mailsTo } from './mail/addresses.ts'

export { AlertBell } from './alerts/alert-bell.tsx'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

const needs = 'tickets.read'

export const backoffice: Manifest = {
  pages: [
    {
      path: '/tickets',
      title: 'support.queue.title',
      needs,
      load: () => import('./queue/queue-page.tsx').then((module) => module.QueuePage),
    },
    {
      path: '/tickets/new',
      title: 'support.queue.new',
      under: '/tickets',
      needs: 'tickets.write',
      load: () => import('./new-ticket-page.tsx').then((module) => module.NewTicketPage),
    },
    {
      path: '/tickets/$id',
      title: 'support.ticket.one',
      under: '/tickets',
      needs,
      load: () => import('./ticket/ticket-page.tsx').then((module) => module.TicketPage),
    },
    {
      path: '/support/mail',
      title: 'support.received.page',
      under: '/tickets',
      needs,
      load: () => import('./mail/mail-page.tsx').then((module) => module.MailPage),
    },
    {
      path: contactPath,
      title: 'support.contact.page',
      under: '/tickets',
      needs: 'tickets.write',
      load: () => import('./contact/contact-page.tsx').then((module) => module.ContactPage),
    },
    {
      path: '/support/macros',
      title: 'support.macro.page',
      under: '/tickets',
      needs,
      load: () => import('./macros/macros-page.tsx').then((module) => module.MacrosPage),
    },
    {
      path: '/support/reports',
      title: 'support.report.title',
      under: '/tickets',
      needs,
      load: () => import('./reports/reports-page.tsx').then((module) => module.ReportsPage),
    },
    {
      path: '/support/promises',
      title: 'support.sla.page',
      under: '/tickets',
      needs,
      load: () => import('./promises/promises-page.tsx').then((module) => module.PromisesPage),
    },
  ],
  menu: [
    {
      group: 'shell.group.customers',
      label: 'support.queue.title',
      icon: TicketCheck,
      to: queueTo(),
      needs,
      shortcut: 'g k',
    },
    {
      group: 'shell.group.customers',
      label: 'support.report.title',
      icon: ChartColumn,
      to: '/support/reports',
      needs,
    },
    {
      group: 'shell.group.customers',
      label: 'support.received.page',
      icon: MailQuestion,
      to: mailsTo(),
      needs,
      shortcut: 'g m',
    },
    {
      group: 'shell.group.settings',
      label: 'support.macro.page',
      icon: TextQuote,
      to: macrosTo(),
      needs,
    },
    {
      group: 'shell.group.settings',
      label: 'support.sla.page',
      icon: CalendarClock,
      to: '/support/promises',
      needs,
    },
  ],
  commands: [
    { label: 'support.queue.new', icon: MessageSquarePlus, to: newTo, needs: 'tickets.write' },
    { label: 'support.contact.page', icon: MailPlus, to: contactPath, needs: 'tickets.write' },
    { label: 'support.command.mine', icon: Inbox, to: mineTo, needs },
    { label: 'support.command.soon', icon: AlarmClock, to: soonTo, needs },
  ],
  records: [
    {
      label: 'support.queue.title',
      icon: TicketCheck,
      needs,
      objectType: 'ticket',
      search: async (text, signal) => (await import('./queue/ticket-search.ts')).searchTickets(text, signal),
    },
    {
      label: 'support.macro.page',
      icon: TextQuote,
      needs,
      objectType: 'macro',
      search: async (text, signal) => (await import('./macros/macro-search.ts')).searchMacros(text, signal),
    },
  ],
  jobs: {
    'sla-recompute': {
      label: 'support.sla.job',
      detail: ({ result }, t) =>
        typeof result?.['tickets'] === 'number'
          ? t('support.sla.job.tickets', { count: result['tickets'] })
          : null,
      result: () => null,
    },
  },
  landing: { support: dayTo },
  cards: {
    dashboard: {
      needs,
      load: () => import('./board/tickets-cards.tsx').then((module) => module.TicketsCards),
    },
    account: {
      needs,
      load: () => import('./alerts/preferences-card.tsx').then((module) => module.PreferencesCard),
    },
    invoice: {
      needs,
      load: () => import('./links/linked-tickets.tsx').then((module) => module.TicketsOfInvoice),
    },
    impersonation: {
      needs,
      load: () => import('./links/linked-tickets.tsx').then((module) => module.TicketsOfImpersonation),
    },
    client: {
      needs,
      load: () => import('./of-client/tickets-card.tsx').then((module) => module.TicketsCard),
    },
    // Beside the title of a client's page.
    client_acts: {
      needs: 'tickets.write',
      load: () => import('./contact/contact-button.tsx').then((module) => module.ContactButton),
    },
  },
}

import {
  AlarmClock,
  BookOpenCheck,
  CalendarSync,
  ChartColumn,
  FileCheck2,
  FilePlus2,
  FileSearch,
  FileSignature,
  HandCoins,
  Landmark,
  MailWarning,
  ReceiptEuro,
  ReceiptText,
  Repeat,
  Tags,
} from 'lucide-react'
import type { accountingJobKind, packJobKind } from '#contract/billing'
import { fileOf } from '#platform/ui/job-file.ts'
import type { Manifest } from '#platform/ui/manifest.ts'
import type fr from '../messages/fr.json'
import { catalogueTo, newSubscriptionTo, renewalTo, subscriptionsTo } from './subscriptions/addresses.ts'
import { newInvoiceTo, newQuoteTo, quotesTo, platformTo, settingsTo, verifyTo } from './addresses.ts'
import { settingsPath } from './settings/addresses.ts'
import { remindersTo, unpaidPath } from './unpaid/addresses.ts'
import { bankTo, cardSandboxPath, directDebitsTo, paymentsTo } from './payments/addresses.ts'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

export const backoffice: Manifest = {
  pages: [
    {
      // For whoever holds a document, signed in or not.
      path: verifyTo,
      title: 'billing.verify.title',
      frame: 'bare',
      load: () => import('./verify/verify-page.tsx').then((module) => module.VerifyPage),
    },
    {
      path: '/invoices',
      title: 'billing.invoices',
      needs: 'invoices.read',
      load: () => import('./invoice-list.tsx').then((module) => module.InvoiceList),
    },
    {
      path: newInvoiceTo,
      title: 'billing.new.invoice',
      under: '/invoices',
      needs: 'invoices.write',
      load: () => import('./editor/new-document-page.tsx').then((module) => module.NewInvoicePage),
    },
    {
      path: '/invoices/$id',
      title: 'billing.invoice',
      under: '/invoices',
      needs: 'invoices.read',
      load: () => import('./invoice-page.tsx').then((module) => module.InvoicePage),
    },
    {
      path: quotesTo,
      title: 'billing.quotes',
      needs: 'invoices.read',
      load: () => import('./quotes/quote-list.tsx').then((module) => module.QuoteList),
    },
    {
      path: newQuoteTo,
      title: 'billing.new.quote',
      under: quotesTo,
      needs: 'invoices.write',
      load: () => import('./editor/new-document-page.tsx').then((module) => module.NewQuotePage),
    },
    {
      path: '/quotes/$id',
      title: 'billing.quote.one',
      under: quotesTo,
      needs: 'invoices.read',
      load: () => import('./quotes/quote-page.tsx').then((module) => module.QuotePage),
    },
    {
      path: paymentsTo,
      title: 'billing.paying.payments',
      needs: 'invoices.read',
      load: () => import('./payments/payment-list.tsx').then((module) => module.PaymentList),
    },
    {
      path: bankTo,
      title: 'billing.paying.bank',
      under: paymentsTo,
      needs: 'payments.write',
      load: () => import('./bank/bank-page.tsx').then((module) => module.BankPage),
    },
    {
      path: directDebitsTo,
      title: 'billing.paying.debits',
      under: paymentsTo,
      needs: 'invoices.read',
      load: () => import('./direct-debits/direct-debits-page.tsx').then((module) => module.DirectDebitsPage),
    },
    {
      path: cardSandboxPath,
      title: 'billing.card.sandbox',
      under: paymentsTo,
      needs: 'payments.write',
      load: () => import('./payments/card-sandbox-page.tsx').then((module) => module.CardSandboxPage),
    },
    {
      path: '/billing/reports',
      title: 'billing.reports',
      needs: 'billing.export',
      load: () => import('./reports/reports-page.tsx').then((module) => module.ReportsPage),
    },
    {
      path: '/billing/exports',
      title: 'billing.exports',
      needs: 'billing.export',
      load: () => import('./exports/exports-page.tsx').then((module) => module.ExportsPage),
    },
    {
      path: unpaidPath,
      title: 'billing.unpaid.page',
      needs: 'invoices.read',
      load: () => import('./unpaid/unpaid-page.tsx').then((module) => module.UnpaidPage),
    },
    {
      path: platformTo,
      title: 'billing.platform.title',
      needs: 'billing.export',
      load: () => import('./platform/platform-page.tsx').then((module) => module.PlatformPage),
    },
    {
      path: settingsPath,
      title: 'billing.settings.page',
      needs: 'invoices.read',
      load: () => import('./settings/settings-page.tsx').then((module) => module.SettingsPage),
    },
    {
      path: subscriptionsTo,
      title: 'billing.subscriptions',
      needs: 'subscriptions.read',
      load: () => import('./subscriptions/subscription-list.tsx').then((module) => module.SubscriptionList),
    },
    {
      path: newSubscriptionTo,
      title: 'billing.subscriptions.new',
      under: subscriptionsTo,
      needs: 'subscriptions.write',
      load: () =>
        import('./subscriptions/new-subscription-page.tsx').then((module) => module.NewSubscriptionPage),
    },
    {
      path: '/subscriptions/$id',
      title: 'billing.subscriptions.one',
      under: subscriptionsTo,
      needs: 'subscriptions.read',
      load: () => import('./subscriptions/subscription-page.tsx').then((module) => module.SubscriptionPage),
    },
    {
      path: renewalTo,
      title: 'billing.renewal',
      under: subscriptionsTo,
      needs: 'subscriptions.read',
      load: () => import('./renewal/renewal-page.tsx').then((module) => module.RenewalPage),
    },
    {
      path: catalogueTo,
      title: 'billing.catalogue',
      needs: 'subscriptions.read',
      load: () => import('./catalogue/catalogue-page.tsx').then((module) => module.CataloguePage),
    },
  ],
  menu: [
    {
      group: 'shell.group.settings',
      label: 'billing.settings.page',
      icon: ReceiptEuro,
      to: settingsPath,
      needs: 'invoices.read',
    },
    {
      group: 'shell.group.billing',
      label: 'billing.unpaid.page',
      icon: AlarmClock,
      to: unpaidPath,
      needs: 'invoices.read',
    },
    {
      group: 'shell.group.billing',
      label: 'billing.invoices',
      icon: ReceiptText,
      to: '/invoices',
      needs: 'invoices.read',
      shortcut: 'g f',
    },
    {
      group: 'shell.group.billing',
      label: 'billing.quotes',
      icon: FileSignature,
      to: quotesTo,
      needs: 'invoices.read',
    },
    {
      group: 'shell.group.billing',
      label: 'billing.paying',
      icon: HandCoins,
      to: paymentsTo,
      needs: 'invoices.read',
    },
    {
      group: 'shell.group.billing',
      label: 'billing.reports',
      icon: ChartColumn,
      to: '/billing/reports',
      needs: 'billing.export',
    },
    {
      group: 'shell.group.billing',
      label: 'billing.platform.title',
      icon: FileCheck2,
      to: platformTo,
      needs: 'billing.export',
    },
    {
      group: 'shell.group.billing',
      label: 'billing.exports',
      icon: BookOpenCheck,
      to: '/billing/exports',
      needs: 'billing.export',
    },
    {
      group: 'shell.group.billing',
      label: 'billing.subscriptions',
      icon: Repeat,
      to: subscriptionsTo,
      needs: 'subscriptions.read',
    },
    {
      group: 'shell.group.billing',
      label: 'billing.catalogue',
      icon: Tags,
      to: catalogueTo,
      needs: 'subscriptions.read',
    },
  ],
  commands: [
    { label: 'billing.bank.import', icon: Landmark, to: bankTo, needs: 'payments.write' },
    { label: 'billing.paying.debits', icon: HandCoins, to: directDebitsTo, needs: 'invoices.read' },
    { label: 'billing.subscriptions.new', icon: Repeat, to: newSubscriptionTo, needs: 'subscriptions.write' },
    {
      label: 'billing.command.trials',
      icon: Repeat,
      to: `${subscriptionsTo}?status=trialing`,
      needs: 'subscriptions.read',
    },
    { label: 'billing.command.renewal', icon: CalendarSync, to: renewalTo, needs: 'subscriptions.read' },
    { label: 'billing.verify.title', icon: FileSearch, to: verifyTo },
    { label: 'billing.command.reminders', icon: MailWarning, to: remindersTo, needs: 'payments.write' },
    { label: 'billing.new.invoice', icon: FilePlus2, to: newInvoiceTo, needs: 'invoices.write' },
    {
      label: 'billing.command.credit-notes',
      icon: ReceiptText,
      to: '/invoices?kind=credit_note',
      needs: 'invoices.read',
    },
    {
      label: 'billing.command.vat-report',
      icon: ChartColumn,
      to: '/billing/reports',
      needs: 'billing.export',
    },
    {
      label: 'billing.command.vat-settings',
      icon: ReceiptEuro,
      to: settingsTo('vat'),
      needs: 'invoices.read',
    },
    { label: 'billing.new.quote', icon: FileSignature, to: newQuoteTo, needs: 'invoices.write' },
    { label: 'billing.command.overdue', icon: AlarmClock, to: unpaidPath, needs: 'invoices.read' },
  ],
  records: [
    {
      label: 'billing.invoices',
      icon: ReceiptText,
      needs: 'invoices.read',
      search: async (text, signal) => (await import('./invoice-search.ts')).searchInvoices(text, signal),
    },
    {
      label: 'billing.quotes',
      icon: FileSignature,
      needs: 'invoices.read',
      objectType: 'quote',
      search: async (text, signal) => (await import('./quotes/quote-search.ts')).searchQuotes(text, signal),
    },
  ],
  jobs: {
    renewal: {
      label: 'billing.renewal.job',
      result: () => ({ label: 'billing.renewal', to: renewalTo }),
    },
    ['billing.pack' satisfies typeof packJobKind]: {
      label: 'billing.pack.job',
      detail: ({ total }, t) => (total === null ? null : t('billing.pack.detail', { count: total })),
      result: (job) => {
        const download = fileOf(job)
        return download ? { label: 'billing.pack.download', download } : null
      },
    },
    'billing.dunning': {
      label: 'billing.unpaid.job',
      detail: ({ result }, t) =>
        typeof result?.['sent'] === 'number' && typeof result['withheld'] === 'number'
          ? t('billing.unpaid.job.sent', { sent: result['sent'], withheld: result['withheld'] })
          : null,
      result: () => null,
    },
    ['billing.accounting' satisfies typeof accountingJobKind]: {
      label: 'billing.exports.job',
      result: (job) => {
        const download = fileOf(job)
        return download ? { label: 'billing.exports.again', download } : null
      },
    },
  },
  landing: { billing: unpaidPath },
  cards: {
    client_account: {
      needs: 'invoices.read',
      load: () => import('./of-client/money-card.tsx').then((module) => module.MoneyCard),
    },
    dashboard: {
      needs: 'billing.approve',
      load: () => import('./settings/approvals-card.tsx').then((module) => module.ApprovalsCard),
    },
  },
}

import { ReceiptText } from 'lucide-react'
import type { Manifest } from '#platform/ui/manifest.ts'
import type fr from '../messages/fr.json'
import { overdueTo } from './addresses.ts'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

export const backoffice: Manifest = {
  pages: [
    {
      path: '/invoices',
      title: 'billing.invoices',
      needs: 'invoices.read',
      load: () => import('./invoice-list.tsx').then((module) => module.InvoiceList),
    },
    {
      path: '/invoices/$id',
      title: 'billing.invoice',
      under: '/invoices',
      needs: 'invoices.read',
      load: () => import('./invoice-page.tsx').then((module) => module.InvoicePage),
    },
  ],
  menu: [
    {
      group: 'shell.group.billing',
      label: 'billing.invoices',
      icon: ReceiptText,
      to: '/invoices',
      needs: 'invoices.read',
      shortcut: 'g f',
    },
  ],
  commands: [{ label: 'billing.command.overdue', icon: ReceiptText, to: overdueTo, needs: 'invoices.read' }],
  records: [
    {
      label: 'billing.invoices',
      icon: ReceiptText,
      needs: 'invoices.read',
      search: async (text, signal) => (await import('./invoice-search.ts')).searchInvoices(text, signal),
    },
  ],
  landing: { billing: overdueTo },
}

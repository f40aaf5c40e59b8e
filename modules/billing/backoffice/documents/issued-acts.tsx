import {
  CopyPlus,
  Download,
  Ellipsis,
  FileCode,
  FileMinus2,
  FilePen,
  FileStack,
  Mail,
  Stamp,
} from 'lucide-react'
import { useState } from 'react'
import {
  draftCorrection,
  draftFinalInvoice,
  duplicateInvoice,
  getInvoiceLetter,
  getInvoicePdf,
  getInvoiceXml,
  type Invoice,
  sendInvoice,
} from '#contract/billing'
import { Button } from '#platform/ui/button.tsx'
import { hrefOf } from '#platform/ui/call.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { Menu, type MenuItem } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { invoiceTo } from '../addresses.ts'
import { CreditNoteDialog } from './credit-note-dialog.tsx'
import { documentCan } from './document-can.ts'
import { download } from './download.ts'
import { SendDialog } from './send-dialog.tsx'

/** What is done with an issued document: it goes out, comes home as a file, and is corrected by others. */
export function IssuedActs({ invoice }: { invoice: Invoice }) {
  const t = useMessages()
  const may = useMay()
  const go = useGo()
  const params = { id: invoice.id }
  const [opened, setOpened] = useState<'send' | 'credit' | null>(null)
  const close = () => setOpened(null)
  const begun = {
    onSuccess: ({ id }: { id: string }) => go(invoiceTo(id)),
    onError: (error: unknown) => notify.failed({ title: sentenceOf(error, t) }),
  }
  const copy = useEndpoint(duplicateInvoice, begun)
  const correct = useEndpoint(draftCorrection, begun)
  const final = useEndpoint(draftFinalInvoice, begun)
  const letter = useEndpoint(getInvoiceLetter, { params }, { enabled: opened === 'send' })
  const send = useEndpoint(sendInvoice, {
    onSuccess: () => {
      notify.done({ title: t('billing.send.done') })
      close()
    },
  })
  const file = (query: { version?: 'original' | 'copy' }) =>
    hrefOf(getInvoicePdf, { params, query: { ...query, download: 'true' } })
  const items: MenuItem[] = [
    ...(invoice.isFrozen
      ? [
          {
            label: t(invoice.state === 'paid' ? 'billing.act.copy-paid' : 'billing.act.copy'),
            icon: Stamp,
            onSelect: () => download(file({ version: 'copy' })),
          },
          {
            label: t('billing.act.xml'),
            icon: FileCode,
            onSelect: () => download(hrefOf(getInvoiceXml, { params })),
          },
        ]
      : []),
    ...(documentCan.credit(invoice, may)
      ? [
          {
            group: ' ',
            label: t('billing.act.credit'),
            icon: FileMinus2,
            onSelect: () => setOpened('credit'),
          },
        ]
      : []),
    ...(documentCan.correct(invoice, may)
      ? [
          {
            group: ' ',
            label: t('billing.act.correct'),
            icon: FilePen,
            onSelect: () => correct.mutate({ params }),
          },
        ]
      : []),
    ...(documentCan.finish(invoice, may)
      ? [
          {
            group: ' ',
            label: t('billing.act.final'),
            icon: FileStack,
            onSelect: () => final.mutate({ params }),
          },
        ]
      : []),
    ...(documentCan.duplicate(invoice, may)
      ? [
          {
            group: ' ',
            label: t('billing.editor.duplicate'),
            icon: CopyPlus,
            onSelect: () => copy.mutate({ params }),
          },
        ]
      : []),
  ]
  return (
    <>
      {invoice.isFrozen && (
        <Button icon={Download} onClick={() => download(file({}))}>
          {t('billing.act.pdf')}
        </Button>
      )}
      {items.length > 0 && (
        <Menu
          align="end"
          items={items}
          trigger={<IconButton icon={Ellipsis} label={t('billing.editor.more')} variant="secondary" />}
        />
      )}
      {invoice.isFrozen && may('invoices.write') && (
        <Button variant="primary" icon={Mail} onClick={() => setOpened('send')}>
          {t('billing.act.send')}
        </Button>
      )}
      {opened === 'send' && (
        <SendDialog
          letter={letter}
          running={send.isPending}
          error={send.error}
          onSend={(body) => send.mutate({ params, body })}
          onClose={close}
        />
      )}
      {opened === 'credit' && <CreditNoteDialog invoice={invoice} onClose={close} />}
    </>
  )
}

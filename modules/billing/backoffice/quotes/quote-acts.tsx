import { CircleCheck, CircleX, CopyPlus, Download, Ellipsis, FilePlus2, HandCoins, Mail } from 'lucide-react'
import { useState } from 'react'
import {
  acceptQuote,
  declineQuote,
  duplicateQuote,
  getQuoteLetter,
  getQuotePdf,
  invoiceQuote,
  type Quote,
  sendQuote,
} from '#contract/billing'
import { Button } from '#platform/ui/button.tsx'
import { hrefOf } from '#platform/ui/call.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { Menu, type MenuItem } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { invoiceTo, quoteTo } from '../addresses.ts'
import { download } from '../documents/download.ts'
import { SendDialog } from '../documents/send-dialog.tsx'
import { DepositDialog } from './deposit-dialog.tsx'

/** What is done with a quote that was offered: it goes out, is decided upon, and is invoiced. */
export function QuoteActs({ quote }: { quote: Quote }) {
  const t = useMessages()
  const go = useGo()
  const params = { id: quote.id }
  const [opened, setOpened] = useState<'send' | 'deposit' | null>(null)
  const close = () => setOpened(null)
  const onError = (error: unknown) => notify.failed({ title: sentenceOf(error, t) })
  const accept = useEndpoint(acceptQuote, {
    onSuccess: () => notify.done({ title: t('billing.quote.accepted') }),
    onError,
  })
  const decline = useEndpoint(declineQuote, {
    onSuccess: () => notify.done({ title: t('billing.quote.declined') }),
    onError,
  })
  const copy = useEndpoint(duplicateQuote, { onSuccess: ({ id }) => go(quoteTo(id)), onError })
  const invoice = useEndpoint(invoiceQuote, {
    onSuccess: ({ invoiceId }) => go(invoiceTo(invoiceId)),
    onError,
  })
  const letter = useEndpoint(getQuoteLetter, { params }, { enabled: opened === 'send' })
  const send = useEndpoint(sendQuote, {
    onSuccess: () => {
      notify.done({ title: t('billing.send.done') })
      close()
    },
  })
  const isOpen = quote.state === 'sent' || quote.state === 'expired'
  const isToInvoice = quote.state === 'accepted' && !quote.invoices.some(({ typeCode }) => typeCode === 380)
  const decisions: MenuItem[] = [
    {
      group: ' ',
      label: t('billing.quote.decline'),
      icon: CircleX,
      onSelect: () => decline.mutate({ params }),
    },
  ]
  return (
    <>
      <Button icon={Download} onClick={() => download(hrefOf(getQuotePdf, { params, query: {} }))}>
        {t('billing.act.pdf')}
      </Button>
      <Menu
        align="end"
        trigger={<IconButton icon={Ellipsis} label={t('billing.editor.more')} variant="secondary" />}
        items={[
          ...(isOpen ? decisions : []),
          {
            group: ' ',
            label: t('billing.editor.duplicate'),
            icon: CopyPlus,
            onSelect: () => copy.mutate({ params }),
          },
        ]}
      />
      <Button
        icon={Mail}
        variant={isOpen || isToInvoice ? 'secondary' : 'primary'}
        onClick={() => setOpened('send')}
      >
        {t('billing.act.send')}
      </Button>
      {isOpen && (
        <Button
          variant="primary"
          icon={CircleCheck}
          loading={accept.isPending}
          onClick={() => accept.mutate({ params })}
        >
          {t('billing.quote.accept')}
        </Button>
      )}
      {isToInvoice && (
        <>
          <Button icon={HandCoins} onClick={() => setOpened('deposit')}>
            {t('billing.quote.deposit')}
          </Button>
          <Button
            variant="primary"
            icon={FilePlus2}
            loading={invoice.isPending || invoice.isSuccess}
            onClick={() => invoice.mutate({ params })}
          >
            {t('billing.quote.invoice')}
          </Button>
        </>
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
      {opened === 'deposit' && <DepositDialog quote={quote} onClose={close} />}
    </>
  )
}

import { Download, FileUp, Landmark, Send } from 'lucide-react'
import { useRef, useState } from 'react'
import {
  bookDirectDebit,
  type DirectDebit,
  downloadDirectDebit,
  importReturns,
  listDirectDebits,
  markDirectDebitSent,
} from '#contract/billing'
import { ApiError } from '#platform/ui/api-error.ts'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { call } from '#platform/ui/call.ts'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { saveFile } from '#platform/ui/save-file.ts'
import { useMay } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { CollectionsDialog } from './collections-dialog.tsx'

/** What the bank was handed: its file, whether it has it, what came of it. */
export function DirectDebitFiles() {
  const t = useMessages()
  const may = useMay()
  const input = useRef<HTMLInputElement>(null)
  const [shown, setShown] = useState<string | null>(null)
  const { data } = useEndpoint(listDirectDebits)
  const returns = useEndpoint(importReturns, {
    onSuccess: ({ returned, unknown }) =>
      notify.done({
        title: t('billing.debit.returns.done', { count: returned.length, unknown: unknown.length }),
      }),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  return (
    <Card
      title={t('billing.debit.files')}
      actions={
        may('payments.write') && (
          <>
            <input
              ref={input}
              type="file"
              accept=".xml"
              hidden
              aria-label={t('billing.debit.returns')}
              onChange={(event) => {
                const file = event.target.files?.[0]
                if (file)
                  returns.mutate({
                    query: { name: file.name },
                    file: file.slice(0, file.size, 'application/xml'),
                  })
                event.target.value = ''
              }}
            />
            <Button
              size="small"
              icon={FileUp}
              loading={returns.isPending}
              onClick={() => input.current?.click()}
            >
              {t('billing.debit.returns')}
            </Button>
          </>
        )
      }
    >
      {data?.rows.length === 0 && <p className="text-13 text-ink-muted">{t('billing.debit.files.empty')}</p>}
      <ul aria-label={t('billing.debit.files')} className="flex flex-col">
        {data?.rows.map((row) => (
          <File key={row.id} row={row} onShow={() => setShown(row.id)} />
        ))}
      </ul>
      {shown && <CollectionsDialog id={shown} onClose={() => setShown(null)} />}
    </Card>
  )
}

function File({ row, onShow }: { row: DirectDebit; onShow: () => void }) {
  const t = useMessages()
  const may = useMay()
  const failed = {
    onError: (error: unknown) => notify.failed({ title: sentenceOf(error, t) }),
  }
  const send = useEndpoint(markDirectDebitSent, failed)
  const book = useEndpoint(bookDirectDebit, failed)
  const params = { id: row.id }
  const [fetching, setFetching] = useState(false)
  const fetchFile = async () => {
    setFetching(true)
    try {
      const { name, xml } = await call(downloadDirectDebit, { params })
      saveFile(new Blob([xml], { type: 'application/xml' }), name)
    } catch (error) {
      // Who closed the question for a second factor knows why nothing came.
      if (!(error instanceof ApiError && error.code === 'step_up_required')) failed.onError(error)
    } finally {
      setFetching(false)
    }
  }
  const due = row.collectOn <= Temporal.Now.plainDateISO('Europe/Paris').toString()
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line py-2 text-13 first:border-t-0">
      <button type="button" className="font-medium text-accent-ink hover:underline" onClick={onShow}>
        {row.messageId}
      </button>
      <DateText value={row.collectOn} />
      <span className="tabular-nums">
        {t('billing.debit.count', { count: row.transactions })} · <Money cents={row.totalCents} />
      </span>
      <Badge tone={row.returned > 0 ? 'danger' : row.pending > 0 ? 'info' : 'success'}>
        {row.returned > 0
          ? t('billing.debit.state.returned', { count: row.returned })
          : row.pending === 0
            ? t('billing.debit.state.collected')
            : t(row.sentAt ? 'billing.debit.state.sent' : 'billing.debit.state.prepared')}
      </Badge>
      {may('payments.write') && (
        <span className="ml-auto flex flex-wrap gap-2">
          <Button size="small" icon={Download} loading={fetching} onClick={() => void fetchFile()}>
            {t('billing.debit.download')}
          </Button>
          {!row.sentAt && (
            <Button size="small" icon={Send} loading={send.isPending} onClick={() => send.mutate({ params })}>
              {t('billing.debit.sent')}
            </Button>
          )}
          {row.pending > 0 && due && (
            <Button
              size="small"
              icon={Landmark}
              loading={book.isPending}
              onClick={() => book.mutate({ params })}
            >
              {t('billing.debit.book')}
            </Button>
          )}
        </span>
      )}
    </li>
  )
}

/** A quote while it is written: lines, totals and paper as an invoice has them. */
import { FileSignature, Eye, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { discardQuote, getQuotePdf, issueQuote, type Quote } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { Button } from '#platform/ui/button.tsx'
import { hrefOf } from '#platform/ui/call.ts'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DangerDialog } from '#platform/ui/dialog.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Field } from '#platform/ui/field.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useLeaving } from '#platform/ui/leaving.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { quotesTo } from '../addresses.ts'
import type { CellName } from '../editor/cell.tsx'
import { ClientCardAlone } from '../editor/client-card.tsx'
import { ConflictBox } from '../editor/conflict-box.tsx'
import { LinesTable } from '../editor/lines-table.tsx'
import { PreviewSheet } from '../editor/preview-sheet.tsx'
import { SavingStatus } from '../editor/saving-status.tsx'
import { OrderReference, PrintedNote } from '../editor/terms-card.tsx'
import { TotalsCard } from '../editor/totals-card.tsx'
import { QuoteBadge } from './quote-badge.tsx'
import { useQuoteEditing } from './use-quote-editing.ts'

type QuoteEditorProps = { quote: Quote; usualVat: string; onGone: (isGone: boolean) => void }

export function QuoteEditor({ quote, usualVat, onGone }: QuoteEditorProps) {
  const t = useMessages()
  const formats = useFormats()
  const go = useGo()
  const editing = useQuoteEditing(quote, usualVat)
  const { document, act, sums, kept, conflict } = editing
  const params = { id: quote.id }
  const [opened, setOpened] = useState<'preview' | 'discard' | { issue: number } | null>(null)
  const [wanted, setWanted] = useState<{ key: string; cell: CellName } | null>(null)
  const [gone, setGone] = useState(false)
  const close = () => setOpened(null)
  const isUnkept = kept.phase === 'refused' || kept.phase === 'failed' || kept.phase === 'conflict'
  const leaving = useLeaving(
    !gone && (editing.faults.length > 0 || isUnkept),
    t(isUnkept ? 'billing.editor.leave.unkept' : 'billing.editor.leave.help'),
  )
  const issue = useEndpoint(issueQuote, {
    onSuccess: ({ number }) => notify.done({ title: t('billing.quote.issued', { number }) }),
  })
  const discard = useEndpoint(discardQuote, {
    onSuccess: () => {
      notify.done({ title: t('billing.quote.discarded') })
      go(quotesTo, { replace: true })
    },
    onError: (error) => {
      setGone(false)
      onGone(false)
      notify.failed({ title: sentenceOf(error, t) })
    },
  })
  const preview = async () => {
    await editing.flush()
    setOpened('preview')
  }
  const offer = async () => {
    const revision = await editing.settle()
    if (revision !== null) return setOpened({ issue: revision })
    const [first] = editing.faults
    notify.told({
      title: t(first ? 'billing.editor.wrong.first' : 'billing.editor.unkept.first'),
      description: first?.sentence,
    })
    if (first?.mending?.at === 'line') setWanted(first.mending)
    if (first?.mending?.at === 'field')
      window.document.querySelector<HTMLElement>(`[name="${CSS.escape(first.mending.name)}"]`)?.focus()
  }
  return (
    <>
      <PageHeader
        title={t('billing.quote.draft')}
        count={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <QuoteBadge state="draft" />
            <SavingStatus kept={kept} wrong={editing.faults.length} again={() => void editing.flush()} />
          </span>
        }
        secondary={
          <>
            <IconButton
              icon={Trash2}
              label={t('billing.editor.discard')}
              variant="secondary"
              onClick={() => setOpened('discard')}
            />
            <Button icon={Eye} onClick={() => void preview()}>
              {t('billing.editor.preview')}
            </Button>
          </>
        }
        primary={
          <Button variant="primary" icon={FileSignature} onClick={() => void offer()}>
            {t('billing.quote.issue')}
          </Button>
        }
      />
      {conflict && (
        <ConflictBox
          by=""
          theirs={formats.money(conflict.inclCents)}
          mine={formats.money(sums.inclCents)}
          onMine={() => editing.keepMine(conflict)}
          onTheirs={() => editing.take(conflict)}
        />
      )}
      <div className="flex flex-col gap-4 xl:grid xl:grid-cols-[minmax(0,1fr)_20rem] xl:items-start">
        <div className="flex min-w-0 flex-col gap-4">
          <LinesTable
            lines={document.lines}
            exclCents={editing.exclCents}
            problems={editing.problems}
            act={act}
            wanted={wanted}
            onReached={() => setWanted(null)}
          />
          <TotalsCard
            sums={sums}
            document={document}
            problem={editing.wrongDiscount}
            set={(part) => act({ do: 'set', part })}
          />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <ClientCardAlone clientId={quote.client.id} />
          <Card title={t('billing.editor.terms')}>
            <div className="flex flex-col gap-3.5">
              <Field
                name="validUntil"
                label={t('billing.quote.valid-until')}
                help={t('billing.quote.valid-until.help')}
                optional
              >
                <Input type="date" value={editing.validUntil} onChange={editing.setValidUntil} />
              </Field>
              <OrderReference document={document} set={(part) => act({ do: 'set', part })} />
            </div>
            <PrintedNote document={document} set={(part) => act({ do: 'set', part })} />
          </Card>
        </div>
      </div>
      {opened === 'preview' && (
        <PreviewSheet
          title={t('billing.editor.preview')}
          href={hrefOf(getQuotePdf, { params, query: { revision: kept.revision } })}
          picture={hrefOf(getQuotePdf, { params, query: { revision: kept.revision, as: 'svg' } })}
          onClose={close}
        />
      )}
      {opened !== null && typeof opened === 'object' && (
        <ActDialog
          title={t('billing.quote.issue.title')}
          effects={[
            t('billing.quote.issue.amount', { amount: formats.money(sums.inclCents) }),
            t('billing.quote.issue.for-ever'),
          ]}
          action={t('billing.quote.issue')}
          icon={FileSignature}
          running={issue.isPending || issue.isSuccess}
          error={issue.error}
          onSubmit={() => issue.mutate({ params, body: { revision: opened.issue } })}
          onClose={close}
        />
      )}
      {leaving}
      <DangerDialog
        open={opened === 'discard'}
        onOpenChange={(open) => !open && close()}
        title={t('billing.editor.discard.title')}
        description={t('billing.quote.discard.help')}
        action={t('billing.editor.discard')}
        loading={discard.isPending}
        onConfirm={() => {
          setGone(true)
          onGone(true)
          discard.mutate({ params })
        }}
      />
    </>
  )
}

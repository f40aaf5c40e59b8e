import { Download, HandCoins } from 'lucide-react'
import { useState } from 'react'
import { type FeeNote, getFeeNote, printFeeNote } from '#contract/fees'
import { Badge } from '#platform/ui/badge.tsx'
import { Button, buttonClass } from '#platform/ui/button.tsx'
import { hrefOf } from '#platform/ui/call.ts'
import { Cards } from '#platform/ui/cards.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Sheet } from '#platform/ui/dialog.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { noteTones } from '../fee-words.ts'
import { PayDialog } from '../paying/pay-dialog.tsx'
import { CancelNoteDialog } from './cancel-note-dialog.tsx'
import { Paper } from './paper.tsx'

/** One note beside the list: as it is printed, what is left to pay, and what can be done with it. */
export function NoteSheet({ id, onClose }: { id: string | null; onClose: () => void }) {
  const t = useMessages()
  const note = useEndpoint(getFeeNote, { params: { id: id ?? '' } }, { enabled: id !== null })
  const { data, error, refetch } = note
  return (
    <Sheet
      wide
      open={id !== null}
      onOpenChange={(open) => !open && onClose()}
      title={data ? t('fees.note.title', { number: data.number }) : t('fees.tab.notes')}
      description={data?.patient.name}
      footer={data && <Acts note={data} />}
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : data ? (
        <Content note={data} />
      ) : (
        <Skeleton height={320} width="100%" />
      )}
    </Sheet>
  )
}

function Content({ note }: { note: FeeNote }) {
  const t = useMessages()
  const formats = useFormats()
  const print = { params: { id: note.id } }
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-13">
        <Badge tone={noteTones[note.state]}>{t(`fees.note.state.${note.state}`)}</Badge>
        {note.state !== 'cancelled' && (
          <>
            <span className="text-ink-muted">
              {t('fees.note.paid')} <Money cents={note.paidCents} />
            </span>
            <span className="font-medium">
              {t('fees.note.left')} <Money cents={note.leftCents} />
            </span>
          </>
        )}
      </div>
      {note.cancelledAt && (
        <p className="text-13 text-ink-muted">
          {t('fees.note.cancelled.why', {
            day: formats.day(note.cancelledAt),
            reason: note.cancelledReason ?? '',
          })}
        </p>
      )}
      <Paper
        src={hrefOf(printFeeNote, { ...print, query: { as: 'svg' } })}
        alt={t('fees.note.picture', { number: note.number })}
        pdf={hrefOf(printFeeNote, { ...print, query: {} })}
      />
      <Cards of="fee_note" id={note.id} />
      <p className="text-12 text-ink-muted">
        {t('fees.note.issued-by', {
          name: note.issuedBy ?? formats.integer(null),
          day: formats.dayTime(note.issuedAt),
        })}
      </p>
    </div>
  )
}

function Acts({ note }: { note: FeeNote }) {
  const t = useMessages()
  const may = useMay()
  const [cancelling, setCancelling] = useState(false)
  const [paying, setPaying] = useState(false)
  const manages = may('fees.manage') && note.state !== 'cancelled'
  return (
    <>
      {manages && <Button onClick={() => setCancelling(true)}>{t('fees.note.cancel')}</Button>}
      {manages && note.leftCents > 0 && (
        <Button icon={HandCoins} onClick={() => setPaying(true)}>
          {t('fees.pay')}
        </Button>
      )}
      <a
        href={hrefOf(printFeeNote, { params: { id: note.id }, query: {} })}
        download={`${note.number}.pdf`}
        className={buttonClass({ variant: 'primary' })}
      >
        <Download aria-hidden size={16} className="-ml-0.5" />
        {t('fees.note.download')}
      </a>
      <CancelNoteDialog note={cancelling ? note : null} onClose={() => setCancelling(false)} />
      <PayDialog
        paying={paying ? { patient: note.patient, dues: note.lines } : null}
        onClose={() => setPaying(false)}
      />
    </>
  )
}

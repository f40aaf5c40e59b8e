import { Phone, PhoneIncoming } from 'lucide-react'
import { useState } from 'react'
import { type Call, getCall, listCalls } from '#contract/calls'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint, usePages } from '#platform/ui/data.ts'
import { Sheet } from '#platform/ui/dialog.tsx'
import { LoadMore } from '#platform/ui/load-more.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useShortcuts } from '#platform/ui/shortcuts.ts'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { BookingDialog } from '#practice/agenda'
import { TaskDialog, taskOfCall } from '../tasks/task-dialog.tsx'
import { useCallActs } from './acts.ts'
import { EditCallDialog, NewCallDialog } from './call-dialogs.tsx'
import { emptyCall } from './call-draft.ts'
import { CallItem, type CallWishes } from './call-item.tsx'
import { CallsState } from './calls-state.ts'
import { CallFilters } from './filters.tsx'
import { useCallName } from './use-call-name.ts'

type Wish = { to: 'book' | 'task' | 'edit'; call: Call }

/** The telephone's inbox: what nobody dealt with stands first. */
export function CallsPage() {
  const t = useMessages()
  const may = useMay()
  const [state, setState] = useUrlState(CallsState)
  const { new: isNew, patient, call, ...filter } = state
  const list = usePages(listCalls, { query: filter })
  const [draft, setDraft] = useState(emptyCall)
  const [wish, setWish] = useState<Wish | null>(null)
  const begin = () => setState({ new: '1' })
  const mayLog = may('calls.manage')
  useShortcuts(mayLog ? [{ keys: 'n', run: begin }] : [])
  const wishes: CallWishes = {
    onBook: (one) => setWish({ to: 'book', call: one }),
    onTask: (one) => setWish({ to: 'task', call: one }),
    onEdit: (one) => setWish({ to: 'edit', call: one }),
  }
  const { open = 0, urgent = 0 } = list.first ?? {}
  return (
    <>
      <PageHeader
        title={t('calls.title')}
        count={list.first && t('calls.count', { open, urgent })}
        primary={
          mayLog && (
            <Button variant="primary" icon={PhoneIncoming} onClick={begin}>
              {t('calls.new')}
            </Button>
          )
        }
      />
      <CallFilters
        state={filter}
        patientName={list.rows?.[0]?.patient?.name ?? undefined}
        onChange={setState}
      />
      {list.error && !list.rows ? (
        <ErrorState error={list.error} onRetry={list.retry} />
      ) : !list.rows ? (
        <Waiting />
      ) : list.rows.length === 0 ? (
        <NoCalls filtered={Object.values(filter).some(Boolean)} />
      ) : (
        <ul aria-label={t('calls.title')} aria-busy={list.stale} className="flex flex-col gap-2">
          {list.rows.map((one) => (
            <li key={one.id}>
              <CallItem call={one} {...wishes} />
            </li>
          ))}
        </ul>
      )}
      {list.rows && <LoadMore more={list.more} shown={list.rows.length} />}
      {isNew && mayLog && (
        <NewCallDialog
          patientId={patient}
          draft={draft}
          onDraft={setDraft}
          onClose={() => setState({ new: undefined, patient: undefined }, { replace: true })}
        />
      )}
      {call && !wish && (
        <OneCall id={call} {...wishes} onClose={() => setState({ call: undefined }, { replace: true })} />
      )}
      {wish && <Wished {...wish} onClose={() => setWish(null)} />}
    </>
  )
}

function Wished({ to, call, onClose }: Wish & { onClose: () => void }) {
  const t = useMessages()
  const nameOf = useCallName()
  const { keepBooking, reopen } = useCallActs()
  const { patient } = call
  if (to === 'edit') return <EditCallDialog call={call} onClose={onClose} />
  if (to === 'task')
    return (
      <TaskDialog
        start={taskOfCall(call, t('calls.tasks.of-call', { name: nameOf(call) }))}
        onClose={onClose}
      />
    )
  return (
    <BookingDialog
      patient={patient && { id: patient.id, name: patient.name ?? t('calls.patient.hidden') }}
      practitionerId={call.for?.id}
      onClose={onClose}
      onBooked={({ appointments: [first] }) => {
        if (first) keepBooking(call, first.id)
        onClose()
      }}
      // Nothing was booked: the call waits as it did.
      onTakenBack={() => reopen(call)}
    />
  )
}

function OneCall({ id, onClose, ...wishes }: { id: string; onClose: () => void } & CallWishes) {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(getCall, { params: { id } })
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={t('calls.one')}>
      {data ? (
        <CallItem call={data} {...wishes} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <Skeleton width="100%" height={140} />
      )}
    </Sheet>
  )
}

function NoCalls({ filtered }: { filtered: boolean }) {
  const t = useMessages()
  return (
    <EmptyState icon={Phone} title={t('calls.none')}>
      <p>{t(filtered ? 'calls.none.filtered' : 'calls.none.help')}</p>
    </EmptyState>
  )
}

function Waiting() {
  return (
    <div aria-hidden className="flex flex-col gap-2">
      {Array.from({ length: 5 }, (_, index) => (
        <div key={index} className="rounded-card border border-line bg-surface p-4">
          <Skeleton width="40%" height={16} />
          <Skeleton width="80%" height={56} />
        </div>
      ))}
    </div>
  )
}

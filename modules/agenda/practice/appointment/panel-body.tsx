import { CalendarArrowUp, CalendarPlus, FileText, MessageSquare, Pencil, Trash2, User } from 'lucide-react'
import { useState } from 'react'
import { type AppointmentDetail, removeAppointment } from '#contract/agenda'
import { getPractice } from '#contract/cabinet'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Cards } from '#platform/ui/cards.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { DangerDialog } from '#platform/ui/dialog.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { TIME_ZONE } from '#platform/ui/formats.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useAgendaDates } from '../agenda-dates.ts'
import { useNow } from '../calendar/now-line.tsx'
import { BookingDialog } from '../face.tsx'
import { useMoving } from '../moving.ts'
import { isCancelled, statusLooks } from '../status.ts'
import { addDays, dateOf, timeOf } from '../wall-clock.ts'
import { CancelFollowing } from './cancel-following.tsx'
import { EditDialog } from './edit-dialog.tsx'
import { Fact, Facts } from './facts.tsx'
import { useMarking } from './marking.ts'
import { MoveDialog } from './move-dialog.tsx'
import { PatientPhone } from './patient-phone.tsx'
import { StatusButtons } from './status-buttons.tsx'

type PanelBodyProps = {
  appointment: AppointmentDetail
  onClose: () => void
  onShow: (appointment: { id: string; startsLocal: string }) => void
}

export function PanelBody({ appointment, onClose, onShow }: PanelBodyProps) {
  const t = useMessages()
  const may = useMay()
  const dates = useAgendaDates()
  const { data: practice } = useEndpoint(getPractice)
  const now = useNow(practice?.timeZone ?? TIME_ZONE)
  const [dialog, setDialog] = useState<'move' | 'repeat' | 'edit' | 'remove' | null>(null)
  const { tellWhy, outsideWords } = useMoving(onShow)
  const { mark, marking } = useMarking(tellWhy)
  const { patient, act, status, series, startsLocal } = appointment
  const mayManage = may('agenda.manage')
  const close = () => setDialog(null)
  const remove = useEndpoint(removeAppointment, {
    onSuccess: () => {
      notify.done({ title: t('agenda.removed') })
      onClose()
    },
    onError: (error) => {
      close()
      notify.failed({ title: sentenceOf(error, t) })
    },
  })
  const outside = outsideWords(appointment.outside)
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={statusLooks[status].tone}>{t(`agenda.status.${status}`)}</Badge>
        {outside && <span className="text-12 text-warning-ink">{outside}</span>}
      </div>
      {mayManage && (
        <StatusButtons
          appointment={appointment}
          begun={startsLocal <= now}
          busy={marking}
          onMark={(next) => void mark(appointment, next)}
        />
      )}
      <Facts>
        {patient && <PatientPhone patient={patient} />}
        {act && <Fact label={t('agenda.act')}>{act.name}</Fact>}
        <Fact label={t('agenda.length')}>{t('agenda.minutes.value', { minutes: appointment.minutes })}</Fact>
        <Fact label={t('agenda.place')}>{t(`agenda.place.${appointment.place}`)}</Fact>
        <Fact label={t('agenda.practitioner')}>{appointment.practitionerName}</Fact>
        {patient && appointment.dueCents !== null && (
          <Fact label={t('agenda.fee')}>
            <Money cents={appointment.dueCents} />
            {appointment.paidCents ? (
              <>
                {' '}
                <span className="text-ink-muted">
                  ({t('agenda.paid')} <Money cents={appointment.paidCents} />)
                </span>
              </>
            ) : null}
          </Fact>
        )}
        {series && (
          <Fact label={t('agenda.series')}>
            {t('agenda.series.words', {
              count: series.everyWeeks,
              until: dates.whole(series.lastOn),
              following: series.following,
            })}
          </Fact>
        )}
        {appointment.remark && <Fact label={t('agenda.remark')}>{appointment.remark}</Fact>}
        <Fact label={t('agenda.booked-on')}>
          <DateText value={appointment.bookedAt} show="dayTime" />
          {appointment.bookedBy && ` · ${appointment.bookedBy}`}
        </Fact>
      </Facts>
      {mayManage && (
        <div className="flex flex-wrap gap-2">
          {!isCancelled(status) && (
            <Button icon={CalendarArrowUp} onClick={() => setDialog('move')}>
              {t('agenda.move')}
            </Button>
          )}
          <Button icon={CalendarPlus} onClick={() => setDialog('repeat')}>
            {t('agenda.repeat.again')}
          </Button>
          <Button icon={Pencil} onClick={() => setDialog('edit')}>
            {t('agenda.edit')}
          </Button>
          {series && series.following > 1 && status === 'planned' && (
            <CancelFollowing appointment={appointment} onDone={onClose} tellWhy={tellWhy} />
          )}
        </div>
      )}
      {patient && <Cards of="appointment" id={appointment.id} />}
      <div className="flex flex-wrap gap-2 border-t border-line pt-4 empty:hidden">
        {patient && may('patients.read') && (
          <ButtonLink to={`/patients/${patient.id}`} icon={User}>
            {t('agenda.to-patient')}
          </ButtonLink>
        )}
        {patient && may('notes.write') && (
          <ButtonLink to={`/notes/new?patient=${patient.id}&appointment=${appointment.id}`} icon={FileText}>
            {t('agenda.to-note')}
          </ButtonLink>
        )}
        {patient && may('reminders.send') && (
          <ButtonLink
            to={`/messages?patient=${patient.id}&appointment=${appointment.id}`}
            icon={MessageSquare}
          >
            {t('agenda.to-sms')}
          </ButtonLink>
        )}
        {mayManage && startsLocal > now && (
          <Button variant="ghost" icon={Trash2} onClick={() => setDialog('remove')}>
            {t('agenda.remove')}
          </Button>
        )}
      </div>
      {dialog === 'move' && <MoveDialog appointment={appointment} onClose={close} onShow={onShow} />}
      {dialog === 'edit' && <EditDialog appointment={appointment} onClose={close} />}
      {dialog === 'repeat' && (
        <BookingDialog
          onClose={close}
          patient={patient && { id: patient.id, name: patient.name ?? t('agenda.patient.hidden') }}
          at={`${addDays(dateOf(startsLocal), 7)}T${timeOf(startsLocal)}`}
          practitionerId={appointment.practitionerId}
          start={{
            withPatient: patient !== null,
            title: appointment.title,
            actId: act?.id ?? null,
            minutes: String(appointment.minutes),
            settled: true,
            place: appointment.place,
            repeats: true,
          }}
          onShow={onShow}
        />
      )}
      <DangerDialog
        open={dialog === 'remove'}
        onOpenChange={(open) => !open && close()}
        title={t('agenda.remove.title')}
        description={t('agenda.remove.help')}
        action={t('agenda.remove.submit')}
        loading={remove.isPending}
        onConfirm={() =>
          remove.mutate({ params: { id: appointment.id }, query: { revision: appointment.revision } })
        }
      />
    </div>
  )
}

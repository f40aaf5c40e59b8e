import { RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Message } from '#contract/reminders'
import { Button } from '#platform/ui/button.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { Sheet } from '#platform/ui/dialog.tsx'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useResending } from './resending.ts'
import { StateBadge } from './state-badge.tsx'

/** One message whole: what it said, to whom, what became of it, and the way out where it failed. */
export function MessageSheet({ message, onClose }: { message: Message; onClose: () => void }) {
  const t = useMessages()
  const may = useMay()
  const { can, resend, busy } = useResending()
  const { patient, appointment, problem, subject, body, writtenBy, state, kind, channel } = message
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${t(`reminders.channel.${channel}`)} · ${t(`reminders.kind.${kind}`)}`}
    >
      <div className="flex flex-col gap-4 text-13">
        <div className="flex flex-wrap items-center gap-2">
          <StateBadge message={message} />
          {message.captured && <span className="text-ink-muted">{t('reminders.captured.help')}</span>}
        </div>
        {problem && (
          <p className={state === 'failed' ? 'text-danger-ink' : 'text-ink-muted'}>
            {t(`reminders.problem.${problem}`)}
          </p>
        )}
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
          <Fact term={t('reminders.to')}>
            {patient && (patient.name ?? t('reminders.patient.hidden'))}
            {patient && message.recipient !== null && ' · '}
            <span className="tabular-nums">{message.recipient}</span>
          </Fact>
          <Fact term={t('reminders.when')}>
            <DateText value={message.writtenAt} show="dayTime" /> ·{' '}
            {writtenBy ? t('reminders.by', { name: writtenBy }) : t('reminders.automatic')}
          </Fact>
          {message.sentAt && !message.captured && (
            <Fact term={t('reminders.sent-at')}>
              <DateText value={message.sentAt} show="dayTime" />
            </Fact>
          )}
          {state === 'waiting' && problem && (
            <Fact term={t('reminders.retry')}>
              <DateText value={message.dueAt} show="dayTime" />
            </Fact>
          )}
          {message.resendOf && <Fact term={t('reminders.kind')}>{t('reminders.resend.of')}</Fact>}
        </dl>
        {body === null ? (
          <p className="text-ink-muted">{t('reminders.hidden')}</p>
        ) : (
          <div lang="fr" className="rounded-card border border-line bg-sunken p-3">
            {subject && <p className="mb-2 font-semibold">{subject}</p>}
            <p className="text-14 whitespace-pre-wrap wrap-anywhere">{body}</p>
          </div>
        )}
        <div className="flex flex-wrap gap-2">
          {can(message) && (
            <Button
              icon={RotateCw}
              variant="primary"
              loading={busy}
              onClick={() => {
                resend(message)
                onClose()
              }}
            >
              {t('reminders.resend')}
            </Button>
          )}
          {patient && may('patients.read') && (
            <ButtonLink to={`/patients/${patient.id}`}>{t('reminders.patient.open')}</ButtonLink>
          )}
          {appointment && may('agenda.read') && (
            <ButtonLink
              to={`/agenda?on=${appointment.startsLocal.slice(0, 10)}&appointment=${appointment.id}`}
            >
              {t('reminders.appointment.open')}
            </ButtonLink>
          )}
        </div>
      </div>
    </Sheet>
  )
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-muted">{term}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </>
  )
}

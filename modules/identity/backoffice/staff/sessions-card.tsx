import { LogOut, Monitor, Smartphone } from 'lucide-react'
import type { OpenSession, StaffDetail } from '#contract/identity'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { countryName, deviceInWords } from '../device-words.ts'
import { useAsker, useStaffActs } from './staff-acts.ts'
import { staffCan } from './staff-can.ts'

/** Where somebody is signed in now. Ending a session acts at once: the next click there leads to the sign-in. */
export function SessionsCard({ member }: { member: StaffDetail }) {
  const t = useMessages()
  const asker = useAsker()
  const acts = useStaffActs()
  const { sessions } = member
  return (
    <Card
      title={t('identity.staff.sessions')}
      actions={
        sessions.length > 1 &&
        staffCan.endSessions(member, asker) && (
          <Button
            size="small"
            icon={LogOut}
            loading={acts.endingAll}
            onClick={() => acts.endSessions(member)}
          >
            {t('identity.staff.sessions.end-all')}
          </Button>
        )
      }
    >
      {sessions.length === 0 ? (
        <p className="text-13 text-ink-muted">{t('identity.staff.sessions.none')}</p>
      ) : (
        <ul className="flex flex-col">
          {sessions.map((session) => (
            <OneSession
              key={session.id}
              session={session}
              ending={acts.ending === session.id}
              onEnd={
                staffCan.endSessions(member, asker) ? () => acts.endSession(member, session.id) : undefined
              }
            />
          ))}
        </ul>
      )}
    </Card>
  )
}

type OneSessionProps = { session: OpenSession; ending: boolean; onEnd: (() => void) | undefined }

function OneSession({ session, ending, onEnd }: OneSessionProps) {
  const t = useMessages()
  const { language } = useFormats()
  const { system, ip, country, factor, lastSeenAt } = session
  const Icon = system && /iOS|Android/.test(system) ? Smartphone : Monitor
  const where = [countryName(country, language), ip].filter(Boolean).join(' · ')
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-2 text-13 first:border-t-0">
      <Icon aria-hidden size={16} className="shrink-0 text-ink-muted" />
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-medium">{deviceInWords(session, t)}</p>
        <p className="text-12 text-ink-muted">
          <span className="wrap-anywhere tabular-nums">{where}</span>
          {` · ${t(`identity.security.factor.${factor}`)}`}
        </p>
      </div>
      <p className="text-12 text-ink-muted">
        {t.rich('identity.staff.session.seen', {
          when: <DateText key="when" value={lastSeenAt} show="relative" />,
        })}
      </p>
      {onEnd && (
        <Button size="small" loading={ending} onClick={onEnd}>
          {t('identity.staff.session.end')}
        </Button>
      )}
    </li>
  )
}

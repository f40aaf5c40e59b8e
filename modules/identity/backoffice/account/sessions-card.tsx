import { Monitor, Smartphone } from 'lucide-react'
import { useState } from 'react'
import { endOtherSessions, endOwnSession, listOwnSessions, type OpenSession } from '#contract/identity'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { DangerDialog } from '#platform/ui/dialog.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { countryName, deviceInWords } from '../device-words.ts'
import { Refused } from '../refused.tsx'
import { RowSkeletons } from './row-skeletons.tsx'

/** Where one is signed in. What is ended cannot be taken back: somebody signs in there again. */
export function SessionsCard() {
  const t = useMessages()
  const sessions = useEndpoint(listOwnSessions)
  const [ending, setEnding] = useState<OpenSession | 'others' | null>(null)
  const onSuccess = () => setEnding(null)
  const endOne = useEndpoint(endOwnSession, {
    onSuccess: () => {
      onSuccess()
      notify.done({ title: t('identity.account.session.ended') })
    },
  })
  const endOthers = useEndpoint(endOtherSessions, {
    onSuccess: ({ ended }) => {
      onSuccess()
      notify.done({ title: t('identity.account.sessions.ended', { count: ended }) })
    },
  })
  const others = sessions.data?.rows.filter(({ current }) => !current).length ?? 0
  const one = ending === 'others' ? null : ending
  return (
    <Card
      title={t('identity.account.sessions')}
      actions={
        others > 0 && (
          <Button size="small" onClick={() => setEnding('others')}>
            {t('identity.account.sessions.end-others')}
          </Button>
        )
      }
    >
      {sessions.data ? (
        <ul className="flex flex-col">
          {sessions.data.rows.map((session) => (
            <SessionRow key={session.id} session={session} onEnd={() => setEnding(session)} />
          ))}
        </ul>
      ) : sessions.error ? (
        <ErrorState error={sessions.error} onRetry={sessions.refetch} />
      ) : (
        <RowSkeletons />
      )}
      <DangerDialog
        open={ending !== null}
        onOpenChange={(open) => {
          if (open) return
          endOne.reset()
          endOthers.reset()
          setEnding(null)
        }}
        title={
          one
            ? t('identity.account.session.end.ask', { device: deviceInWords(one, t) })
            : t('identity.account.sessions.end-others.ask', { count: others })
        }
        description={t('identity.account.session.end.help')}
        action={t(one ? 'identity.account.session.end' : 'identity.account.sessions.end-others')}
        loading={endOne.isPending || endOthers.isPending}
        onConfirm={() => (one ? endOne.mutate({ params: { id: one.id } }) : endOthers.mutate({}))}
      >
        <Refused error={endOne.error ?? endOthers.error} />
      </DangerDialog>
    </Card>
  )
}

function SessionRow({ session, onEnd }: { session: OpenSession; onEnd: () => void }) {
  const t = useMessages()
  const { language } = useFormats()
  const { system, country, ip, factor, current, lastSeenAt } = session
  const device = deviceInWords(session, t)
  const Icon = system && /iOS|Android/.test(system) ? Smartphone : Monitor
  const where = [countryName(country, language), ip].filter(Boolean).join(' · ')
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line py-2 text-13 first:border-t-0">
      <Icon aria-hidden size={16} className="shrink-0 text-ink-muted" />
      <div className="min-w-0 flex-1 basis-48">
        <p className="flex flex-wrap items-center gap-x-2 font-medium">
          {device}
          {current && <Badge tone="info">{t('identity.account.session.current')}</Badge>}
        </p>
        <p className="text-12 wrap-anywhere text-ink-muted">
          <span className="tabular-nums">{where}</span>
          {' · '}
          {t(`identity.account.session.by.${factor}`)}
          {' · '}
          {t.rich('identity.account.session.seen', {
            when: <DateText key="when" value={lastSeenAt} show="relative" />,
          })}
        </p>
      </div>
      {!current && (
        <Button size="small" onClick={onEnd}>
          {t('identity.account.session.end')}
          <span className="sr-only"> {device}</span>
        </Button>
      )}
    </li>
  )
}

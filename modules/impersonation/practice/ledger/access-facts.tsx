import type { ReactNode } from 'react'
import type { Access } from '#contract/impersonation'
import { DateText } from '#platform/ui/date-text.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { lastedOf } from './access-words.tsx'

export function AccessFacts({ access }: { access: Access }) {
  const t = useMessages()
  const { purpose, reason, reference, policy, minutes, endedBy, ender, breakGlass, approvedBy } = access
  const lasted = lastedOf(access)
  const at = (value: string | null) => value !== null && <DateText value={value} show="dayTime" />
  const answered = access.agreedAt ?? access.refusedAt
  const facts: [label: string, value: ReactNode][] = [
    [t('impersonation.practice.reason'), reason],
    [t('impersonation.purpose'), t(`impersonation.purpose.${purpose}`)],
    [t('impersonation.practice.reference'), reference],
    [t('impersonation.practice.asked'), at(access.askedAt)],
    [
      t('impersonation.practice.answer'),
      answered !== null && (
        <>
          {t(access.agreedAt ? 'impersonation.practice.answer.yes' : 'impersonation.practice.answer.no', {
            name: access.answeredBy ?? '—',
          })}{' '}
          · {at(answered)}
        </>
      ),
    ],
    [
      t('impersonation.glass'),
      breakGlass &&
        (approvedBy === null
          ? t('impersonation.practice.glass.waiting')
          : t('impersonation.practice.glass.approved', { name: approvedBy })),
    ],
    [t('impersonation.practice.began'), at(access.startedAt)],
    [
      t('impersonation.practice.over-at'),
      access.endedAt !== null && (
        <>
          {at(access.endedAt)}
          {endedBy !== null && (
            <>
              {' · '}
              {t(`impersonation.ending.${endedBy}`, {
                actor: access.actor.name,
                subject: access.subject.name,
                ender: ender ?? t('impersonation.ending.somebody'),
              })}
            </>
          )}
        </>
      ),
    ],
    [
      t('impersonation.practice.lasted'),
      lasted === null
        ? t('impersonation.practice.minutes.most', { minutes })
        : t('impersonation.practice.minutes', { minutes: lasted }),
    ],
    [
      t('impersonation.practice.notes'),
      access.notesOpenedAt === null ? (
        t('impersonation.practice.notes.masked')
      ) : (
        <>
          {t('impersonation.practice.notes.open')} · {at(access.notesOpenedAt)}
        </>
      ),
    ],
    [t('impersonation.practice.policy'), t(`impersonation.practice.policy.${policy}`)],
  ]
  return (
    <dl className="grid grid-cols-1 gap-x-4 gap-y-2 text-13 sm:grid-cols-[max-content_minmax(0,1fr)]">
      {facts
        .filter(([, value]) => value !== false && value !== '')
        .map(([label, value]) => (
          <div key={label} className="sm:contents">
            <dt className="text-ink-muted">{label}</dt>
            <dd className="wrap-anywhere">{value}</dd>
          </div>
        ))}
    </dl>
  )
}

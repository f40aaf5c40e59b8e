import { Ellipsis, MailPlus, ShieldOff, SlidersHorizontal, UserMinus, UserPlus } from 'lucide-react'
import type { Colleague } from '#contract/identity'
import { Avatar } from '#platform/ui/avatar.tsx'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Menu, type MenuItem } from '#platform/ui/menu.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { colleagueCan } from './colleague-can.ts'

export type ColleagueAct = 'change' | 'invite' | 'letIn' | 'resetFactor' | 'depart'

type ColleagueRowProps = {
  colleague: Colleague
  asker: Colleague | undefined
  onAct: (act: ColleagueAct) => void
}

const tones: Record<Colleague['state'], Tone> = { invited: 'info', active: 'success', ended: 'neutral' }

/** One person of the practice: who it is, what they may, until when, and when they were last here. */
export function ColleagueRow({ colleague, asker, onAct }: ColleagueRowProps) {
  const t = useMessages()
  const { day } = useFormats()
  const { email, profile, holder, me, state, rights, lastDay, lastSignInAt, endedAt, secondFactor } =
    colleague
  const name = colleague.name ?? email
  const act = (one: ColleagueAct) => () => onAct(one)
  const items: MenuItem[] = [
    ...(colleagueCan.change(colleague)
      ? [{ label: t('identity.team.act.change'), icon: SlidersHorizontal, onSelect: act('change') }]
      : []),
    ...(colleagueCan.invite(colleague)
      ? [{ label: t('identity.team.act.invite'), icon: MailPlus, onSelect: act('invite') }]
      : []),
    ...(colleagueCan.letIn(colleague)
      ? [{ label: t('identity.team.act.let-in'), icon: UserPlus, onSelect: act('letIn') }]
      : []),
    ...(colleagueCan.resetFactor(colleague, asker)
      ? [{ label: t('identity.team.act.factor'), icon: ShieldOff, onSelect: act('resetFactor') }]
      : []),
    ...(colleagueCan.change(colleague)
      ? [
          {
            label: t('identity.team.act.depart'),
            icon: UserMinus,
            danger: true,
            group: ' ',
            onSelect: act('depart'),
          },
        ]
      : []),
  ]
  const may =
    profile === 'practitioner' || holder
      ? t('identity.team.all')
      : rights.length > 0
        ? rights.map((right) => t(`identity.right.${right}`)).join(', ')
        : t('identity.team.nothing')
  return (
    <li className="flex items-start gap-3 border-t border-line px-4 py-3 text-13 first:border-t-0">
      <Avatar name={name} />
      <div className="grid min-w-0 flex-1 gap-x-6 gap-y-1 lg:grid-cols-[minmax(0,2fr)_minmax(0,2fr)_minmax(0,1.4fr)]">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5 font-medium">
            <span className="min-w-0 wrap-anywhere">{me ? t('identity.team.you', { name }) : name}</span>
            <Badge tone={tones[state]}>{t(`identity.team.state.${state}`)}</Badge>
          </p>
          <p className="mt-0.5 text-12 wrap-anywhere text-ink-muted">
            {colleague.name && `${email} · `}
            {t(holder ? 'identity.team.holder' : `identity.practice.profile.${profile}`)}
          </p>
        </div>
        <div className="min-w-0 text-12 text-ink-muted">
          {state !== 'ended' && <p className="text-ink">{may}</p>}
          <p>
            {state === 'ended' && endedAt
              ? t.rich('identity.team.ended-on', { at: <DateText key="at" value={endedAt} /> })
              : lastDay
                ? t('identity.team.until', { day: day(lastDay) })
                : t('identity.team.no-end')}
          </p>
        </div>
        <div className="min-w-0 text-12 text-ink-muted">
          <p>
            {lastSignInAt
              ? t.rich('identity.team.seen', {
                  at: <DateText key="at" value={lastSignInAt} show="both" />,
                })
              : t('identity.team.never')}
          </p>
          {secondFactor !== null && state === 'active' && (
            <p>{t(secondFactor ? 'identity.team.factor.yes' : 'identity.team.factor.no')}</p>
          )}
        </div>
      </div>
      <div className="w-8 shrink-0 touch:w-10">
        {items.length > 0 && (
          <Menu
            align="end"
            items={items}
            trigger={<IconButton icon={Ellipsis} size="small" label={t('identity.team.actions', { name })} />}
          />
        )}
      </div>
    </li>
  )
}

import { Ellipsis, LogOut, MailPlus, ShieldOff, UserMinus, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { listMembers, type Member } from '#contract/identity'
import type { Tenant } from '#contract/tenancy'
import { Avatar } from '#platform/ui/avatar.tsx'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { Cards } from '#platform/ui/cards.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { DepartDialog } from '../acts/depart-dialog.tsx'
import { InviteDialog } from '../acts/invite-dialog.tsx'
import { type MemberActs, useMemberActs } from '../acts/member-acts.ts'
import { ResetFactorDialog } from '../acts/reset-factor-dialog.tsx'
import { memberCan, memberName } from '../member-can.ts'

type Asked = { act: 'invite' } | { act: 'depart' | 'reset-factor'; member: Member }

/** Who works in the practice: the vendor sees who they are, never what they write. */
export function MembersCard({ tenant }: { tenant: Tenant }) {
  const t = useMessages()
  const may = useMay()
  const { data, error, refetch } = useEndpoint(listMembers, { params: { id: tenant.id } })
  const acts = useMemberActs()
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = () => setAsked(null)
  return (
    <Card
      title={t('tenancy.card.members')}
      actions={
        memberCan.invite(tenant, may) && (
          <Button size="small" icon={UserPlus} onClick={() => setAsked({ act: 'invite' })}>
            {t('tenancy.member.invite')}
          </Button>
        )
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : !data ? (
        <Skeleton width="100%" height={64} />
      ) : data.rows.length === 0 ? (
        <p className="text-13 text-ink-muted">{t('tenancy.members.none')}</p>
      ) : (
        <ul>
          {data.rows.map((member) => (
            <OneMember
              key={member.id}
              member={member}
              isOpen={tenant.state === 'active'}
              acts={acts}
              ask={(act) => setAsked({ act, member })}
            />
          ))}
        </ul>
      )}
      {asked?.act === 'invite' && <InviteDialog tenant={tenant} onClose={close} />}
      {asked?.act === 'depart' && <DepartDialog member={asked.member} onClose={close} />}
      {asked?.act === 'reset-factor' && <ResetFactorDialog member={asked.member} onClose={close} />}
    </Card>
  )
}

const tones: Record<Member['state'], Tone> = { invited: 'info', active: 'success', left: 'neutral' }

type OneMemberProps = {
  member: Member
  /** Their practice is. */
  isOpen: boolean
  acts: MemberActs
  ask: (act: 'depart' | 'reset-factor') => void
}

function OneMember({ member, isOpen, acts, ask }: OneMemberProps) {
  const t = useMessages()
  const may = useMay()
  const { email, profile, holder, state, lastSignInAt, invitation, leftAt } = member
  const name = memberName(member)
  const items = [
    ...(memberCan.resend(member, may)
      ? [{ label: t('tenancy.member.resend'), icon: MailPlus, onSelect: () => acts.resend(member) }]
      : []),
    ...(memberCan.endSessions(member, may)
      ? [{ label: t('tenancy.member.end-sessions'), icon: LogOut, onSelect: () => acts.endSessions(member) }]
      : []),
    ...(memberCan.resetFactor(member, may)
      ? [
          {
            label: t('tenancy.member.reset-factor'),
            icon: ShieldOff,
            onSelect: () => ask('reset-factor'),
          },
        ]
      : []),
    ...(memberCan.depart(member, may)
      ? [
          {
            label: t('tenancy.member.depart'),
            icon: UserMinus,
            danger: true,
            group: ' ',
            onSelect: () => ask('depart'),
          },
        ]
      : []),
  ]
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-2 text-13 first:border-t-0">
      <Avatar name={name} />
      <div className="min-w-0 flex-1 basis-52">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5 font-medium">
          <span className="min-w-0 truncate">{name}</span>
          {state !== 'active' && <Badge tone={tones[state]}>{t(`tenancy.member.state.${state}`)}</Badge>}
        </p>
        <p className="text-12 wrap-anywhere text-ink-muted">
          {email} · {t(`tenancy.member.profile.${profile}`)}
          {holder && ` · ${t('tenancy.member.holder')}`}
        </p>
      </div>
      <p className="text-12 text-ink-muted max-sm:pl-10">
        {state === 'left' && leftAt
          ? t.rich('tenancy.member.left-on', { at: <DateText key="at" value={leftAt} /> })
          : lastSignInAt
            ? t.rich('tenancy.member.seen', {
                at: <DateText key="at" value={lastSignInAt} show="both" />,
              })
            : invitation
              ? t.rich('tenancy.member.invited-on', {
                  at: <DateText key="at" value={invitation.sentAt} show="both" />,
                })
              : t('tenancy.member.never')}
      </p>
      {isOpen && state === 'active' && <Cards quiet of="member" id={member.id} />}
      {items.length > 0 && (
        <Menu
          align="end"
          items={items}
          trigger={
            <IconButton
              icon={Ellipsis}
              label={t('tenancy.member.actions', { name })}
              size="small"
              className="max-sm:ml-auto"
            />
          }
        />
      )}
    </li>
  )
}

import { CircleUser, type LucideIcon, MailPlus, ShieldAlert, UserCheck, UserX } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { getEnvironment, type StaffDetail } from '#contract/identity'
import { Button } from '#platform/ui/button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useAsker, useStaffActs } from './staff-acts.ts'
import { staffCan } from './staff-can.ts'

/** Where somebody stands on the way in, and what brings them further. Who is in needs no word, but oneself. */
export function NextStep({ member }: { member: StaffDetail }) {
  const t = useMessages()
  const asker = useAsker()
  const acts = useStaffActs()
  switch (member.state) {
    case 'active':
      return member.id === asker.me ? <Yourself /> : null
    case 'invited':
      return (
        <Banner
          icon={MailPlus}
          tone="info"
          act={
            staffCan.resendInvitation(member, asker) && (
              <Button icon={MailPlus} loading={acts.resending} onClick={() => acts.resendInvitation(member)}>
                {t('identity.staff.invitation.resend')}
              </Button>
            )
          }
        >
          <p>
            <Invitation invitation={member.invitation} />
          </p>
          <WhereTheMailIs />
        </Banner>
      )
    case 'enrolling':
      return (
        <Banner icon={ShieldAlert} tone="warning">
          <p>{t('identity.staff.next.enrolling')}</p>
        </Banner>
      )
    case 'suspended':
      return (
        <Banner
          icon={UserX}
          tone="danger"
          act={
            staffCan.reactivate(member, asker) && (
              <Button icon={UserCheck} onClick={() => acts.reactivate(member)}>
                {t('identity.staff.reactivate')}
              </Button>
            )
          }
        >
          <p>
            {t.rich(
              member.suspendedBy ? 'identity.staff.next.suspended.by' : 'identity.staff.next.suspended',
              {
                name: member.suspendedBy,
                date: <DateText key="date" value={member.suspendedAt} show="dayTime" />,
              },
            )}
          </p>
          {member.suspensionReason && (
            <p>{t('identity.staff.next.reason', { reason: member.suspensionReason })}</p>
          )}
        </Banner>
      )
  }
}

function Yourself() {
  const t = useMessages()
  return (
    <Banner icon={CircleUser} tone="info">
      <p>
        {t.rich('identity.staff.yourself', {
          account: (
            <TextLink key="account" to="/account">
              {t('identity.account')}
            </TextLink>
          ),
        })}
      </p>
    </Banner>
  )
}

function Invitation({ invitation }: Pick<StaffDetail, 'invitation'>) {
  const t = useMessages()
  const [now] = useState(() => Date.now())
  if (!invitation) return t('identity.staff.next.invited.none')
  const dates = {
    sent: <DateText key="sent" value={invitation.sentAt} show="both" />,
    expires: <DateText key="expires" value={invitation.expiresAt} show="dayTime" />,
  }
  const isOver = Date.parse(invitation.expiresAt) < now
  return t.rich(isOver ? 'identity.staff.next.invited.over' : 'identity.staff.next.invited', dates)
}

/** Outside production no mail leaves: whoever tries the product must know where to read it. */
function WhereTheMailIs() {
  const t = useMessages()
  const may = useMay()
  const environment = useEndpoint(getEnvironment).data?.name
  if (!environment || environment === 'production') return null
  const to = environment === 'demonstration' ? '/demonstration/mails' : may('mail.read') ? '/outbox' : null
  return (
    <p>
      {t('identity.staff.next.captured')}{' '}
      {to && <TextLink to={to}>{t('identity.staff.next.read-mail')}</TextLink>}
    </p>
  )
}

const grounds = {
  info: 'bg-info-soft text-info-ink',
  warning: 'bg-warning-soft text-warning-ink',
  danger: 'bg-danger-soft text-danger-ink',
}

type BannerProps = {
  icon: LucideIcon
  tone: keyof typeof grounds
  act?: ReactNode
  children: ReactNode
}

export function Banner({ icon: Icon, tone, act, children }: BannerProps) {
  return (
    <div
      className={cx(
        'mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-control px-3 py-2 text-13',
        grounds[tone],
      )}
    >
      <div className="flex min-w-0 flex-1 basis-80 items-start gap-2">
        <Icon aria-hidden size={16} className="mt-0.5 shrink-0" />
        <div className="min-w-0 [&_time]:whitespace-normal">{children}</div>
      </div>
      {act && <div className="flex flex-wrap gap-2">{act}</div>}
    </div>
  )
}

/** One colleague: what is next for them, what they may do, how they sign in, and from where. */
import { Ellipsis, Pencil, ScrollText } from 'lucide-react'
import { useState } from 'react'
import { getStaff, type StaffDetail } from '#contract/identity'
import { useEndpoint } from '#platform/ui/data.ts'
import { CardSkeletons } from '#platform/ui/card-skeletons.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { ButtonLink, usePathParam } from '#platform/ui/link.tsx'
import { useNarrow } from '#platform/ui/media.ts'
import { Menu } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { logTo } from './addresses.ts'
import { FactorsCard } from './factors-card.tsx'
import { IdentityCard } from './identity-card.tsx'
import { IdentityDialog } from './identity-dialog.tsx'
import { LogCard } from './log-card.tsx'
import { NextStep } from './next-step.tsx'
import { ResetBanner } from './reset-banner.tsx'
import { RolesCard } from './roles-card.tsx'
import { memberActions } from './row-actions.ts'
import { SessionsCard } from './sessions-card.tsx'
import { SignInsCard } from './sign-ins-card.tsx'
import { useAsker, useStaffActs } from './staff-acts.ts'
import { staffCan } from './staff-can.ts'
import { StaffUnreadable } from './staff-unreadable.tsx'
import { SuspensionDialog } from './suspension-dialog.tsx'
import { spokenName, StateBadge } from './staff-words.tsx'

export function StaffPage() {
  const t = useMessages()
  const id = usePathParam('id')
  const { data, error, refetch } = useEndpoint(getStaff, { params: { id } })
  if (data) return <Shown key={id} member={data} />
  if (error) return <StaffUnreadable error={error} retry={refetch} />
  return (
    <>
      <PageHeader title={t('identity.staff.one')} />
      <CardSkeletons wide={[4, 3, 6]} narrow={[5, 3]} narrowFirst />
    </>
  )
}

function Shown({ member }: { member: StaffDetail }) {
  const asker = useAsker()
  return (
    <>
      <PageHeader
        title={spokenName(member)}
        count={<StateBadge state={member.state} />}
        secondary={<Acts member={member} />}
      />
      <NextStep member={member} />
      {member.factorReset && <ResetBanner reset={member.factorReset} name={spokenName(member)} />}
      {/* Side by side, or one under the other with what is needed first on top. */}
      <div className="flex flex-col gap-4 lg:grid lg:grid-cols-[minmax(0,1fr)_22rem] lg:items-start">
        <div className="flex min-w-0 flex-col gap-4 lg:order-last">
          <IdentityCard member={member} />
          <FactorsCard member={member} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <RolesCard member={member} />
          <SessionsCard member={member} />
          {asker.may('security.read') && <SignInsCard staffId={member.id} />}
          {asker.may('audit.read') && <LogCard staffId={member.id} />}
        </div>
      </div>
    </>
  )
}

/** What is done less often stands behind one button. */
function Acts({ member }: { member: StaffDetail }) {
  const t = useMessages()
  const asker = useAsker()
  const acts = useStaffActs()
  const [open, setOpen] = useState<'suspension' | 'identity' | null>(null)
  const narrow = useNarrow()
  const log = asker.may('audit.read')
  const items = [
    ...(staffCan.edit(member, asker)
      ? [{ label: t('identity.staff.edit'), icon: Pencil, onSelect: () => setOpen('identity') }]
      : []),
    ...memberActions(member, { t, asker, acts, suspend: () => setOpen('suspension') }),
    ...(log && narrow ? [{ label: t('identity.staff.log'), icon: ScrollText, to: logTo(member.id) }] : []),
  ]
  return (
    <>
      {log && !narrow && (
        <ButtonLink to={logTo(member.id)} icon={ScrollText}>
          {t('identity.staff.log')}
        </ButtonLink>
      )}
      {items.length > 0 && (
        <Menu
          align="end"
          items={items}
          trigger={
            <IconButton icon={Ellipsis} label={t('identity.staff.more-actions')} variant="secondary" />
          }
        />
      )}
      {open === 'suspension' && <SuspensionDialog member={member} onClose={() => setOpen(null)} />}
      {open === 'identity' && <IdentityDialog member={member} onClose={() => setOpen(null)} />}
    </>
  )
}

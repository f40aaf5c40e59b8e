import type { StaffMember } from '#contract/identity'
import { Avatar } from '#platform/ui/avatar.tsx'
import type { Column } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { MISSING } from '#platform/ui/formats.ts'
import type { Translate } from '#platform/ui/messages.tsx'
import { FactorIcons } from './factor-icons.tsx'
import { listedName, RoleTags, StateBadge } from './staff-words.tsx'

export function columnsFor(t: Translate): Column<StaffMember>[] {
  return [
    {
      id: 'name',
      header: t('identity.staff.name'),
      width: 250,
      grow: true,
      cell: (member) => (
        <span className="flex min-w-0 items-center gap-2.5">
          <Avatar name={listedName(member)} />
          <span className="min-w-0 leading-tight">
            <span className="block truncate font-medium">{listedName(member)}</span>
            <span className="block truncate text-12 text-ink-muted">{member.email}</span>
          </span>
        </span>
      ),
    },
    {
      id: 'roles',
      header: t('identity.staff.roles'),
      width: 230,
      cell: (member) => <RoleTags roles={member.roles} most={2} />,
    },
    {
      id: 'state',
      header: t('identity.staff.state'),
      width: 116,
      card: 'aside',
      cell: (member) => <StateBadge state={member.state} />,
    },
    {
      id: 'factors',
      header: t('identity.staff.factors'),
      width: 128,
      importance: 2,
      cell: (member) => <FactorIcons factors={member.factors} />,
    },
    {
      id: 'lastSignIn',
      header: t('identity.staff.last-sign-in'),
      width: 248,
      importance: 2,
      cell: (member) =>
        member.lastSignInAt ? (
          <DateText value={member.lastSignInAt} show="both" />
        ) : (
          <span className="text-ink-muted">{t('identity.staff.never-signed-in')}</span>
        ),
    },
    {
      id: 'openSessions',
      header: t('identity.staff.open-sessions'),
      width: 96,
      align: 'end',
      importance: 3,
      cell: (member) =>
        member.openSessions > 0 ? (
          <span className="tabular-nums">{member.openSessions}</span>
        ) : (
          <span className="text-ink-muted">{MISSING}</span>
        ),
    },
    {
      id: 'created',
      header: t('identity.staff.created-at'),
      width: 112,
      importance: 5,
      optional: true,
      card: 'none',
      cell: (member) => <DateText value={member.createdAt} />,
    },
  ]
}

import { FileText, KeyRound, LogOut, MailPlus, UserCheck, UserX } from 'lucide-react'
import type { StaffMember } from '#contract/identity'
import type { RowAction } from '#platform/ui/data-table.tsx'
import type { Translate } from '#platform/ui/messages.tsx'
import { memberTo } from './addresses.ts'
import type { StaffActs } from './staff-acts.ts'
import { type Asker, staffCan } from './staff-can.ts'

type Given = { t: Translate; asker: Asker; acts: StaffActs; suspend: (member: StaffMember) => void }

/** What one can do with a colleague, from their line or their page. */
export function rowActions(member: StaffMember, { t, asker, acts, suspend }: Given): RowAction[] {
  return [
    { label: t('identity.staff.open'), icon: FileText, to: memberTo(member.id) },
    ...memberActions(member, { t, asker, acts, suspend }),
  ]
}

export function memberActions(member: StaffMember, { t, asker, acts, suspend }: Given): RowAction[] {
  const actions: (RowAction & { when: boolean })[] = [
    {
      when: staffCan.resendInvitation(member, asker),
      label: t('identity.staff.invitation.resend'),
      icon: MailPlus,
      quick: true,
      onSelect: () => acts.resendInvitation(member),
    },
    {
      when: staffCan.sendPasswordReset(member, asker),
      label: t('identity.staff.password.send'),
      icon: KeyRound,
      onSelect: () => acts.sendPasswordReset(member),
    },
    {
      when: staffCan.endSessions(member, asker),
      label: t('identity.staff.sessions.end-all'),
      icon: LogOut,
      onSelect: () => acts.endSessions(member),
    },
    {
      when: staffCan.reactivate(member, asker),
      label: t('identity.staff.reactivate'),
      icon: UserCheck,
      quick: true,
      onSelect: () => acts.reactivate(member),
    },
    {
      when: staffCan.suspend(member, asker),
      label: t('identity.staff.suspend'),
      icon: UserX,
      danger: true,
      group: ' ',
      onSelect: () => suspend(member),
    },
  ]
  return actions.flatMap(({ when, ...action }) => (when ? [action] : []))
}

import { ShieldAlert, UserPlus, UserRoundCog } from 'lucide-react'
import type { Manifest } from '#platform/ui/manifest.ts'
import { securityTo } from './security/addresses.ts'
import { inviteTo, teamTo } from './staff/addresses.ts'

const reads = 'staff.read'

/** The team and its doors, for those who look after them. */
export const team = {
  pages: [
    {
      path: '/staff',
      title: 'identity.staff.title',
      needs: reads,
      load: () => import('./staff/staff-list.tsx').then((module) => module.StaffList),
    },
    {
      path: '/staff/new',
      title: 'identity.staff.invite.title',
      under: '/staff',
      needs: 'staff.manage',
      load: () => import('./staff/new-staff-page.tsx').then((module) => module.NewStaffPage),
    },
    {
      path: '/staff/$id',
      title: 'identity.staff.one',
      under: '/staff',
      needs: reads,
      load: () => import('./staff/staff-page.tsx').then((module) => module.StaffPage),
    },
    {
      path: '/security',
      title: 'identity.security.title',
      needs: 'security.read',
      load: () => import('./security/security-page.tsx').then((module) => module.SecurityPage),
    },
  ],
  menu: [
    {
      group: 'shell.group.settings',
      label: 'identity.staff.title',
      icon: UserRoundCog,
      to: teamTo(),
      needs: reads,
      shortcut: 'g e',
    },
    {
      group: 'shell.group.settings',
      label: 'identity.security.title',
      icon: ShieldAlert,
      to: securityTo(),
      needs: 'security.read',
      shortcut: 'g s',
    },
  ],
  commands: [
    { label: 'identity.staff.invite.title', icon: UserPlus, to: inviteTo, needs: 'staff.manage' },
    {
      label: 'identity.security.blocks',
      icon: ShieldAlert,
      to: securityTo({ tab: 'blocks' }),
      needs: 'security.read',
    },
  ],
  records: [
    {
      label: 'identity.staff.title',
      icon: UserRoundCog,
      needs: reads,
      objectType: 'staff_member',
      search: async (text, signal) => (await import('./staff/staff-search.ts')).searchStaff(text, signal),
    },
  ],
} satisfies Manifest

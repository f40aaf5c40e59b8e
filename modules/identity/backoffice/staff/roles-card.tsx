import { ShieldUser } from 'lucide-react'
import { useState } from 'react'
import type { StaffDetail } from '#contract/identity'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { RoleHistory } from './role-history.tsx'
import { RolesDialog } from './roles-dialog.tsx'
import { useAsker } from './staff-acts.ts'
import { staffCan } from './staff-can.ts'
import { RoleTags } from './staff-words.tsx'

/** What somebody may do, and how it came to that. */
export function RolesCard({ member }: { member: StaffDetail }) {
  const t = useMessages()
  const asker = useAsker()
  const [editing, setEditing] = useState(false)
  return (
    <Card
      title={t('identity.staff.roles')}
      actions={
        staffCan.changeRoles(member, asker) &&
        asker.may('roles.read') && (
          <Button size="small" icon={ShieldUser} onClick={() => setEditing(true)}>
            {t('identity.staff.roles.edit')}
          </Button>
        )
      }
    >
      <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
        <RoleTags roles={member.roles} />
        {member.id === asker.me && (
          <p className="text-12 text-ink-muted">{t('identity.staff.roles.not-yourself')}</p>
        )}
        {member.id !== asker.me && asker.may('staff.manage') && !member.manageable && (
          <p className="text-12 text-ink-muted">{t('identity.staff.roles.above')}</p>
        )}
      </div>
      <h3 className="mt-4 mb-2 text-12 font-medium text-ink-muted">{t('identity.staff.role-history')}</h3>
      <RoleHistory history={member.roleHistory} />
      {editing && <RolesDialog member={member} onClose={() => setEditing(false)} />}
    </Card>
  )
}

import { type ReactNode, useState } from 'react'
import { createRole, deleteRole, type Role } from '#contract/access'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { part, Wanted } from '#platform/ui/part.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { roleName } from '../words.ts'
import type { RoleDialogProps } from './role-dialog.tsx'
import type { RoleActs } from './role-menu.tsx'

const dialog = part<RoleDialogProps>(() => import('./role-dialog.tsx').then((module) => module.RoleDialog))

type Known = Pick<RoleDialogProps, 'roles' | 'permissions' | 'level'>

/** Making, changing, copying and removing roles; `dialog` stands somewhere on the page. */
export function useRoleActs(known: Known): NonNullable<RoleActs> & { create: () => void; dialog: ReactNode } {
  const t = useMessages()
  const [about, setAbout] = useState<RoleDialogProps['about'] | null>(null)
  const failed = (error: unknown) => notify.failed({ title: sentenceOf(error, t) })
  const restore = useEndpoint(createRole, {
    onSuccess: (role) => notify.done({ title: t('access.role.created', { role: roleName(role, t) }) }),
    onError: failed,
  })
  const remove = useEndpoint(deleteRole, { onError: failed })
  const close = () => setAbout(null)
  return {
    create: () => setAbout({ from: null }),
    copy: (from) => setAbout({ from }),
    edit: (edit) => setAbout({ edit }),
    remove: (role) =>
      remove.mutate(
        { params: { id: role.id } },
        {
          onSuccess: () =>
            notify.done({
              title: t('access.role.deleted', { role: roleName(role, t) }),
              undo: () => restore.mutate({ body: again(role) }),
            }),
        },
      ),
    dialog: (
      <Wanted
        part={dialog}
        when={about !== null}
        give={{ ...known, about: about ?? { from: null }, onClose: close }}
        onFailed={close}
      />
    ),
  }
}

/** The same role once more: nobody holds it, so nothing but its id is another. */
const again = ({ name, description, level, limits, permissions }: Role) => ({
  name: name ?? '',
  description,
  level,
  limits,
  permissions: [...permissions],
})

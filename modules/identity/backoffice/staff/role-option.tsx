import { ChevronDown, Lock } from 'lucide-react'
import { useId, useState } from 'react'
import type { Role } from '#contract/access'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { cx } from '#platform/ui/cx.ts'
import { Field } from '#platform/ui/field.tsx'
import { type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'
import type { WhyNot } from './known-roles.ts'
import { permissionName, roleName } from './staff-words.tsx'

type RoleOptionProps = { role: Role; checked: boolean; why: WhyNot | null; onToggle: () => void }

/** A role in a line, what it gives in another; a role that cannot be given says why in its place. */
export function RoleOption({ role, checked, why, onToggle }: RoleOptionProps) {
  const t = useMessages()
  const formats = useFormats()
  const [open, setOpen] = useState(false)
  const list = useId()
  const permissions = role.permissions.map((permission) => permissionName(permission, t))
  const limited = isLimited(role) ? t('identity.staff.role.limited') : null
  const summary = [role.description, limited, ...permissions].filter(Boolean).join(' · ')
  return (
    <li className={cx('border-t border-line px-3 py-2 first:border-t-0', checked && 'bg-accent-soft')}>
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <Field inline label={roleName(role, t)}>
            <Checkbox checked={checked} disabled={why !== null} onChange={onToggle} />
          </Field>
          <p className={cx('pl-6 text-12 text-ink-muted', !why && 'truncate')}>
            {why ? (
              <>
                <Lock aria-hidden size={12} className="mr-1 inline align-[-1px]" />
                {whyInWords(why, t, formats.list)}
              </>
            ) : (
              summary || t('identity.staff.role.gives-nothing')
            )}
          </p>
        </div>
        {permissions.length > 0 && (
          <button
            type="button"
            aria-expanded={open}
            aria-controls={open ? list : undefined}
            onClick={() => setOpen(!open)}
            className="flex h-6 shrink-0 items-center gap-1 rounded-small px-1 text-12 whitespace-nowrap text-ink-muted hover:bg-hover hover:text-ink"
          >
            {t('identity.staff.role.gives', { count: permissions.length })}
            <ChevronDown aria-hidden size={14} className={cx('transition-transform', open && 'rotate-180')} />
          </button>
        )}
      </div>
      {open && (
        <ul id={list} className="grid list-disc gap-x-6 py-1 pl-10 text-12 text-ink-muted sm:grid-cols-2">
          {permissions.map((permission) => (
            <li key={permission}>{permission}</li>
          ))}
        </ul>
      )}
    </li>
  )
}

const isLimited = ({ limits }: Role) =>
  limits.own || limits.departments.length > 0 || limits.clients.length > 0

function whyInWords(why: WhyNot, t: Translate, list: (items: string[]) => string): string {
  if (why.reason === 'level') return t('identity.staff.role.too-high')
  return t('identity.staff.role.lacking', {
    count: why.lacking.length,
    permissions: list(why.lacking.map((permission) => permissionName(permission, t))),
  })
}

import { useId, useState } from 'react'
import { createRole, type Permission, type Role, updateRole } from '#contract/access'
import { problemsByField } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { Switch } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Problems } from '#platform/ui/problems.ts'
import { Select } from '#platform/ui/select.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { RefusalNote } from '../refusal-note.tsx'
import { permissionName, roleName } from '../words.ts'
import { LimitsFields } from './limits-fields.tsx'
import { bodyOf, draftOf, limitsNameNothing, newDraft, takenOver } from './role-draft.ts'

export type RoleDialogProps = {
  /** The role to change, or to begin a new one from; null for an empty new one. */
  about: { edit: Role } | { from: Role | null }
  roles: readonly Role[]
  permissions: readonly Permission[]
  /** Of the person: a role stands below it. */
  level: number
  onClose: () => void
}

/** A role people make: what it is called, where it stands, what it begins with and within what it holds. */
export function RoleDialog({ about, roles, permissions, level, onClose }: RoleDialogProps) {
  const t = useMessages()
  const formats = useFormats()
  const form = useId()
  const edited = 'edit' in about ? about.edit : null
  const [draft, setDraft] = useState(() =>
    'edit' in about ? draftOf(about.edit) : newDraft(about.from, level),
  )
  const [tried, setTried] = useState(false)
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part })
  const onSuccess = (role: Role) => {
    notify.done({
      title: t(edited ? 'access.role.changed' : 'access.role.created', { role: roleName(role, t) }),
    })
    onClose()
  }
  const create = useEndpoint(createRole, { onSuccess })
  const update = useEndpoint(updateRole, { onSuccess })
  const { error, isPending } = edited ? update : create
  const names = (of: readonly string[]) => formats.list(of.map((permission) => permissionName(permission, t)))

  const from = roles.find(({ id }) => id === draft.from)
  const { taken, notYours, notLimitable } = takenOver(from, permissions, draft.limited)
  const most = Math.min(99, level - 1)
  const problems = {
    ...problemsByField(error),
    ...(tried && !draft.name.trim() && { name: t('access.role.name.missing') }),
    ...(tried && !isLevel(draft.level, most) && { level: t('access.role.level.wrong', { most }) }),
    ...(tried && limitsNameNothing(draft) && { 'limits.departments': t('access.limits.missing') }),
  }
  const submit = () => {
    setTried(true)
    if (isPending || !draft.name.trim() || !isLevel(draft.level, most) || limitsNameNothing(draft)) return
    if (edited) update.mutate({ params: { id: edited.id }, body: bodyOf(draft) })
    else create.mutate({ body: { ...bodyOf(draft), permissions: taken } })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={edited ? t('access.role.edit.title', { role: roleName(edited, t) }) : t('access.role.new')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" form={form} variant="primary" loading={isPending}>
            {t(edited ? 'access.save' : 'access.role.create')}
          </Button>
        </>
      }
    >
      <RefusalNote error={error} />
      <Problems value={problems}>
        <form
          id={form}
          noValidate
          className="flex flex-col gap-3.5"
          onSubmit={(event) => {
            event.preventDefault()
            submit()
          }}
        >
          <Field name="name" label={t('access.role.name')}>
            <Input value={draft.name} onChange={(name) => set({ name })} maxLength={60} autoComplete="off" />
          </Field>
          <Field name="description" label={t('access.role.description')} optional>
            <Textarea
              rows={2}
              maxLength={500}
              value={draft.description}
              onChange={(description) => set({ description })}
            />
          </Field>
          <Field name="level" label={t('access.role.level')} help={t('access.role.level.help', { most })}>
            <Input
              type="number"
              inputMode="numeric"
              min={1}
              max={most}
              value={draft.level}
              onChange={(level) => set({ level })}
            />
          </Field>
          {!edited && (
            <Field
              name="permissions"
              label={t('access.role.from')}
              help={t('access.role.from.help', { count: taken.length })}
            >
              <Select
                value={draft.from}
                onChange={(from) => set({ from })}
                options={[
                  { value: '', label: t('access.role.from.nothing') },
                  ...roles.map((role) => ({ value: role.id, label: roleName(role, t) })),
                ]}
              />
            </Field>
          )}
          <Field inline label={t('access.limits.limited')} help={t('access.limits.limited.help')}>
            <Switch checked={draft.limited} onChange={(limited) => set({ limited })} />
          </Field>
          {draft.limited && <LimitsFields limits={draft.limits} onChange={(limits) => set({ limits })} />}
          {notLimitable.length > 0 && (
            <p className="text-12 text-ink-muted">
              {t('access.role.from.not-limitable', { permissions: names(notLimitable) })}
            </p>
          )}
          {notYours.length > 0 && (
            <p className="text-12 text-ink-muted">
              {t('access.role.from.not-yours', { permissions: names(notYours) })}
            </p>
          )}
        </form>
      </Problems>
    </Dialog>
  )
}

const isLevel = (level: string, most: number) =>
  /^\d{1,2}$/.test(level) && Number(level) >= 1 && Number(level) <= most

import type { RoleLimits } from '#contract/access'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { Field } from '#platform/ui/field.tsx'
import { LimitChoice } from '#platform/ui/limit-choice.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

type LimitsFieldsProps = { limits: RoleLimits; onChange: (limits: RoleLimits) => void }

/** Within what a role holds: any of what is chosen here suffices. The modules whose things these are say how they are chosen. */
export function LimitsFields({ limits, onChange }: LimitsFieldsProps) {
  const t = useMessages()
  return (
    <div className="flex flex-col gap-3.5 rounded-control bg-sunken p-3">
      <p className="text-12 text-ink-muted">{t('access.limits.help')}</p>
      <Field name="limits.departments" label={t('access.limits.departments.label')}>
        <LimitChoice
          kind="department"
          values={limits.departments}
          onChange={(departments) => onChange({ ...limits, departments })}
        />
      </Field>
      <Field name="limits.clients" label={t('access.limits.clients.label')}>
        <LimitChoice
          kind="client"
          values={limits.clients}
          onChange={(clients) => onChange({ ...limits, clients })}
        />
      </Field>
      <Field inline name="limits.own" label={t('access.limits.own.label')} help={t('access.limits.own.help')}>
        <Checkbox checked={limits.own} onChange={(own) => onChange({ ...limits, own })} />
      </Field>
    </div>
  )
}

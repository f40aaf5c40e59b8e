import { parameterTypes, readsAs, type SqlQueryParameter } from '#contract/sql-console'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'

type ParameterRowsProps = {
  parameters: readonly SqlQueryParameter[]
  onChange: (parameters: SqlQueryParameter[]) => void
}

/** What each `$n` of a query is called, of what kind it is, and what stands in it when it is opened. */
export function ParameterRows({ parameters, onChange }: ParameterRowsProps) {
  const t = useMessages()
  if (parameters.length === 0) return null
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 text-13 font-medium">{t('sql.parameters')}</legend>
      {parameters.map((one, index) => {
        const set = (part: Partial<SqlQueryParameter>) =>
          onChange(parameters.with(index, { ...one, ...part }))
        const path = `parameters.${index}`
        const n = index + 1
        return (
          <div
            key={index}
            className="grid grid-cols-2 gap-x-2 gap-y-2 rounded-control bg-sunken p-2.5 sm:grid-cols-3"
          >
            <Field label={t('sql.saved.parameter.name', { n })} name={`${path}.name`} optional>
              <Input value={one.name} maxLength={60} autoComplete="off" onChange={(name) => set({ name })} />
            </Field>
            <Field label={t('sql.saved.parameter.type')} name={`${path}.type`}>
              <Select
                options={parameterTypes.map((type) => ({ value: type, label: t(`sql.saved.type.${type}`) }))}
                value={one.type}
                onChange={(type) => set({ type })}
              />
            </Field>
            <div className="min-w-0 max-sm:col-span-2">
              <Field
                label={t('sql.saved.parameter.initial')}
                name={`${path}.initial`}
                optional
                error={readsAs(one.type, one.initial) ? undefined : t(`sql.saved.type.${one.type}.wrong`)}
              >
                <Input
                  value={one.initial ?? ''}
                  maxLength={2_000}
                  disabled={one.initial === null}
                  placeholder={one.initial === null ? t('sql.null') : undefined}
                  autoComplete="off"
                  spellCheck={false}
                  onChange={(initial) => set({ initial })}
                />
              </Field>
              <div className="mt-1.5">
                <Field label={t('sql.null')} inline>
                  <Checkbox
                    checked={one.initial === null}
                    onChange={(isNull) => set({ initial: isNull ? null : '' })}
                  />
                </Field>
              </div>
            </div>
          </div>
        )
      })}
    </fieldset>
  )
}

import { readsAs, type SqlQueryParameter } from '#contract/sql-console'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

type ParameterFieldsProps = {
  count: number
  values: readonly (string | null)[]
  /** What they are called and of what kind, where the text is kept under a name. */
  defined?: readonly SqlQueryParameter[] | undefined
  onChange: (values: (string | null)[]) => void
}

/** What stands for `$1` and those after it. Nothing and NULL are not the same. */
export function ParameterFields({ count, values, defined = [], onChange }: ParameterFieldsProps) {
  const t = useMessages()
  if (count === 0) return null
  const all = parametersFor(count, values)
  const set = (index: number, value: string | null) => onChange(all.with(index, value))
  return (
    <fieldset className="border-t border-line px-3 pt-2 pb-3">
      <legend className="float-left mb-1 w-full text-12 font-medium text-ink-muted">
        {t('sql.parameters')}
      </legend>
      <div className="clear-both flex flex-wrap gap-x-4 gap-y-2">
        {all.map((value, index) => {
          const { name = '', type = 'text' } = defined[index] ?? {}
          const wrong = !readsAs(type, value)
          return (
            <div key={index} className="flex min-w-0 flex-wrap items-center gap-x-2 max-sm:w-full">
              <code className="w-7 shrink-0 text-13 text-ink-muted">{`$${index + 1}`}</code>
              {name && (
                <span className="max-w-40 truncate text-13" title={name}>
                  {name}
                </span>
              )}
              <div className="w-52 min-w-0 max-sm:flex-1">
                <Input
                  aria-label={[t('sql.parameter', { n: index + 1 }), name].filter(Boolean).join(' ')}
                  aria-invalid={wrong}
                  value={value ?? ''}
                  disabled={value === null}
                  placeholder={
                    value === null
                      ? t('sql.null')
                      : t(type === 'text' ? 'sql.parameter.empty' : `sql.saved.type.${type}.like`)
                  }
                  autoComplete="off"
                  spellCheck={false}
                  onChange={(text) => set(index, text)}
                />
              </div>
              <label className="flex min-h-6 items-center gap-1.5 text-12 text-ink-muted">
                <input
                  type="checkbox"
                  checked={value === null}
                  onChange={(event) => set(index, event.target.checked ? null : '')}
                  className="size-4 accent-(--accent)"
                />
                {t('sql.null')}
              </label>
              {wrong && (
                <p className="w-full pl-9 text-12 text-danger-ink">{t(`sql.saved.type.${type}.wrong`)}</p>
              )}
            </div>
          )
        })}
      </div>
    </fieldset>
  )
}

/** As many as the text asks for; those that were filled in before keep their value. */
export const parametersFor = (count: number, values: readonly (string | null)[]): (string | null)[] =>
  Array.from({ length: count }, (_, index) => (index < values.length ? (values[index] ?? null) : ''))

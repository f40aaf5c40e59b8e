import { cx } from '#platform/ui/cx.ts'

type ChoiceOfFewProps<Value extends string> = {
  name: string
  legend: string
  options: readonly { value: Value; label: string }[]
  value: Value | null
  onChange: (value: Value) => void
}

/** All of them in sight: one tap, or the arrows. */
export function ChoiceOfFew<Value extends string>({
  name,
  legend,
  options,
  value,
  onChange,
}: ChoiceOfFewProps<Value>) {
  return (
    <fieldset>
      <legend className="mb-1 text-13 font-medium text-ink">{legend}</legend>
      <div className="flex flex-wrap gap-1.5">
        {options.map((option) => (
          <label
            key={option.value}
            className={cx(
              'relative inline-flex h-control-small cursor-pointer items-center rounded-full border px-3 text-13 transition-colors touch:h-10',
              'has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent',
              option.value === value
                ? 'border-accent bg-accent-soft font-medium text-accent-ink'
                : 'border-line-strong bg-surface text-ink hover:bg-hover',
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

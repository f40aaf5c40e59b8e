import { useMessages } from '#platform/ui/messages.tsx'
import { markOf } from '../act-colours.ts'

const colours = [0, 1, 2, 3, 4, 5, 6, 7] as const

/** One of eight, by a native radio each: arrows go from one to the next. */
export function ColourChoice({ value, onChange }: { value: number; onChange: (colour: number) => void }) {
  const t = useMessages()
  return (
    <fieldset>
      <legend className="mb-1 text-13 font-medium">{t('agenda.settings.act.colour')}</legend>
      <div className="flex flex-wrap gap-2">
        {colours.map((colour) => (
          <label
            key={colour}
            className="relative flex size-8 cursor-pointer items-center justify-center rounded-control border border-line has-checked:border-2 has-checked:border-ink has-focus-visible:outline-2 has-focus-visible:outline-accent touch:size-10"
          >
            <input
              type="radio"
              name="colour"
              className="absolute inset-0 cursor-pointer opacity-0"
              aria-label={t('agenda.settings.act.colour.one', { number: colour + 1 })}
              checked={value === colour}
              onChange={() => onChange(colour)}
            />
            <span aria-hidden className="size-4 rounded-small" style={{ background: markOf(colour) }} />
          </label>
        ))}
      </div>
    </fieldset>
  )
}

import { Lock } from 'lucide-react'
import type { Right } from '#contract/identity'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

export type Grant = { rights: readonly Right[]; lastDay: string }

type RightsFieldsProps = {
  value: Grant
  onChange: (grant: Grant) => void
  /** What there is to be granted in this practice. */
  grantable: readonly Right[]
  /** A practitioner may all: only the end of their access is chosen. */
  asksRights: boolean
}

/** What a secretary may, each right in plain words of what it opens, and until when. */
export function RightsFields({ value, onChange, grantable, asksRights }: RightsFieldsProps) {
  const t = useMessages()
  const toggle = (right: Right, held: boolean) =>
    onChange({
      ...value,
      rights: held ? [...value.rights, right] : value.rights.filter((one) => one !== right),
    })
  return (
    <>
      {asksRights && (
        <fieldset className="min-w-0">
          <legend className="mb-1.5 text-13 font-medium">{t('identity.team.rights')}</legend>
          <ul className="overflow-hidden rounded-control border border-line">
            {grantable.map((right) => (
              <li key={right} className="border-t border-line first:border-t-0">
                {/* oxlint-disable-next-line jsx-a11y/label-has-associated-control -- the checkbox is one */}
                <label className="flex min-h-10 cursor-pointer items-start gap-2.5 px-3 py-2 text-13 transition-colors hover:bg-hover">
                  <span className="mt-0.5 flex">
                    <Checkbox
                      checked={value.rights.includes(right)}
                      onChange={(held) => toggle(right, held)}
                    />
                  </span>
                  <span className="min-w-0">
                    <span className="block font-medium">{t(`identity.right.${right}`)}</span>
                    <span className="block text-12 text-ink-muted">{t(`identity.right.${right}.opens`)}</span>
                  </span>
                </label>
              </li>
            ))}
            <li className="flex min-h-10 items-start gap-2.5 border-t border-line bg-sunken px-3 py-2 text-13">
              <Lock aria-hidden size={16} className="mt-0.5 shrink-0 text-ink-muted" />
              <span className="min-w-0">
                <span className="block font-medium">{t('identity.right.notes')}</span>
                <span className="block text-12 text-ink-muted">{t('identity.right.notes.never')}</span>
              </span>
            </li>
          </ul>
        </fieldset>
      )}
      <Field
        name="lastDay"
        label={t('identity.team.last-day')}
        help={t('identity.team.last-day.help')}
        optional
      >
        <Input type="date" value={value.lastDay} onChange={(lastDay) => onChange({ ...value, lastDay })} />
      </Field>
    </>
  )
}

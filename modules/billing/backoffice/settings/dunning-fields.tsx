import { Plus, Trash2 } from 'lucide-react'
import { dunningVariables } from '#contract/billing'
import { Button } from '#platform/ui/button.tsx'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { Field } from '#platform/ui/field.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import type { FieldsProps } from './setting-form.tsx'

const stepsAtMost = 6

export function DunningFields({ content: { steps }, onChange }: FieldsProps<'dunning'>) {
  const t = useMessages()
  const change = (place: number, part: Partial<(typeof steps)[number]>) =>
    onChange({ steps: steps.map((step, at) => (at === place ? { ...step, ...part } : step)) })
  return (
    <>
      <p className="text-13 text-ink-muted">{t('billing.settings.dunning.help')}</p>
      {steps.map((step, place) => {
        const at = `content.steps.${place}`
        return (
          // A step has no name of its own: it is the first, the second…
          // oxlint-disable-next-line react/no-array-index-key
          <fieldset key={place} className="flex flex-col gap-3 rounded-control border border-line p-3">
            <legend className="sr-only">{t('billing.settings.dunning.step', { step: place + 1 })}</legend>
            <div className="flex items-center justify-between">
              <p aria-hidden className="text-13 font-semibold">
                {t('billing.settings.dunning.step', { step: place + 1 })}
              </p>
              <IconButton
                icon={Trash2}
                label={t('billing.settings.dunning.remove', { step: place + 1 })}
                onClick={() => onChange({ steps: steps.filter((_, other) => other !== place) })}
              />
            </div>
            <Field name={`${at}.daysLate`} label={t('billing.settings.dunning.days')}>
              <Input
                type="number"
                min={1}
                max={365}
                value={step.daysLate === 0 ? '' : String(step.daysLate)}
                onChange={(typed) => change(place, { daysLate: Number(typed) })}
              />
            </Field>
            <Field name={`${at}.subject`} label={t('billing.settings.dunning.subject')}>
              <Input
                value={step.subject}
                maxLength={150}
                onChange={(subject) => change(place, { subject })}
              />
            </Field>
            <Field name={`${at}.body`} label={t('billing.settings.dunning.body')}>
              <Textarea rows={8} value={step.body} onChange={(body) => change(place, { body })} />
            </Field>
            <Field
              label={t('billing.settings.dunning.with_penalties')}
              help={t('billing.settings.dunning.with_penalties.help')}
              inline
            >
              <Checkbox
                checked={step.withPenalties}
                onChange={(withPenalties) => change(place, { withPenalties })}
              />
            </Field>
          </fieldset>
        )
      })}
      {steps.length < stepsAtMost && (
        <Button
          icon={Plus}
          className="self-start"
          onClick={() =>
            onChange({
              steps: [
                ...steps,
                { daysLate: (steps.at(-1)?.daysLate ?? 0) + 15, subject: '', body: '', withPenalties: false },
              ],
            })
          }
        >
          {t('billing.settings.dunning.add')}
        </Button>
      )}
      <details className="text-12 text-ink-muted">
        <summary className="w-fit cursor-pointer rounded-small">
          {t('billing.settings.dunning.variables')}
        </summary>
        <ul className="mt-1 grid gap-x-4 gap-y-0.5 sm:grid-cols-2">
          {dunningVariables.map((name) => (
            <li key={name}>
              <code>{`{{${name}}}`}</code> {t(`billing.settings.variable.${name}`)}
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}

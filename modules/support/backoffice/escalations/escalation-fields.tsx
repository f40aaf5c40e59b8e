/** What a policy does by itself: at which moment, of which promise, and what. */
import { Plus, Trash2 } from 'lucide-react'
import { type Escalation, type EscalationAction, escalationMoments } from '#contract/support'
import { Button } from '#platform/ui/button.tsx'
import { Field } from '#platform/ui/field.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { useTicketChoices } from '../choices.ts'
import { targets } from '../promises/policy-card.tsx'
import { ActionFields } from './action-fields.tsx'
import { addable, anyTarget, newAction, newEscalation, targetOf } from './escalation-draft.ts'

type EscalationFieldsProps = {
  escalations: readonly Escalation[]
  onChange: (escalations: Escalation[]) => void
}

export function EscalationFields({ escalations, onChange }: EscalationFieldsProps) {
  const t = useMessages()
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="text-13 font-medium">{t('support.escalations')}</legend>
      <p className="text-12 text-ink-muted">{t('support.escalations.help')}</p>
      {escalations.map((escalation, place) => (
        // Their places name them: two may say the same while one is chosen.
        <EscalationBox
          key={place}
          place={place}
          escalation={escalation}
          onChange={(next) => onChange(escalations.map((one, at) => (at === place ? next : one)))}
          onRemove={() => onChange(escalations.filter((_, at) => at !== place))}
        />
      ))}
      <div>
        <Button size="small" icon={Plus} onClick={() => onChange([...escalations, newEscalation()])}>
          {t('support.escalation.add')}
        </Button>
      </div>
    </fieldset>
  )
}

type EscalationBoxProps = {
  escalation: Escalation
  place: number
  onChange: (escalation: Escalation) => void
  onRemove: () => void
}

function EscalationBox({ escalation, place, onChange, onRemove }: EscalationBoxProps) {
  const t = useMessages()
  const choices = useTicketChoices()
  const { when, target, do: actions } = escalation
  const number = place + 1
  const set = (next: EscalationAction[]) => onChange({ ...escalation, do: next })
  return (
    <fieldset className="flex flex-col gap-3 rounded-card border border-line p-3">
      <legend className="sr-only">{t('support.escalation.numbered', { number })}</legend>
      <div className="flex items-start gap-2 *:min-w-0 *:flex-1">
        <Field name={`escalations.${place}.when`} label={t('support.escalation.when')}>
          <Select
            options={escalationMoments.map((value) => ({
              value,
              label: t(`support.escalation.when.${value}`),
            }))}
            value={when}
            onChange={(moment) => onChange({ ...escalation, when: moment })}
          />
        </Field>
        <Field name={`escalations.${place}.target`} label={t('support.escalation.target')}>
          <Select
            options={[
              { value: anyTarget, label: t('support.escalation.target.any') },
              ...targets.map((value) => ({ value, label: t(`support.sla.target.${value}`) })),
            ]}
            value={target ?? anyTarget}
            onChange={(chosen) => onChange({ ...escalation, target: targetOf(chosen) })}
          />
        </Field>
        <span className="flex-none! pt-5">
          <IconButton
            icon={Trash2}
            size="small"
            label={t('support.escalation.remove', { number })}
            onClick={onRemove}
          />
        </span>
      </div>
      {actions.map((action, at) => (
        <div key={action.do} className="flex items-start gap-2 border-t border-line pt-3">
          <div className="min-w-0 flex-1">
            <ActionFields
              action={action}
              name={`escalations.${place}.do.${at}`}
              onChange={(next) => set(actions.map((one) => (one === action ? next : one)))}
            />
          </div>
          <IconButton
            icon={Trash2}
            size="small"
            disabled={actions.length === 1}
            label={t('support.escalation.action.remove', { action: t(`support.escalation.do.${action.do}`) })}
            onClick={() => set(actions.filter((one) => one !== action))}
          />
        </div>
      ))}
      <div>
        <Menu
          trigger={
            <Button
              size="small"
              variant="ghost"
              icon={Plus}
              aria-label={t('support.escalation.action.add_to', { number })}
              disabled={addable(actions, choices).length === 0}
            >
              {t('support.macro.add_action')}
            </Button>
          }
          items={addable(actions, choices).map((kind) => ({
            label: t(`support.escalation.do.${kind}`),
            onSelect: () => set([...actions, newAction(kind, choices)]),
          }))}
        />
      </div>
    </fieldset>
  )
}

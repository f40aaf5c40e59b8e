import { useState } from 'react'
import { type EscalationAction, priorities } from '#contract/support'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { useTicketChoices } from '../choices.ts'
import { tagsTyped } from '../macros/macro-draft.ts'

type ActionFieldsProps = {
  action: EscalationAction
  name: string
  onChange: (action: EscalationAction) => void
}

/** What one act of an escalation needs to know. */
export function ActionFields({ action, name, onChange }: ActionFieldsProps) {
  const t = useMessages()
  const { agents, teams } = useTicketChoices()
  switch (action.do) {
    case 'priority':
      return (
        <Field
          label={t('support.escalation.do.priority')}
          name={`${name}.priority`}
          help={t('support.escalation.do.priority.help')}
        >
          <Select
            // It is never lowered: to the lowest it would do nothing.
            options={priorities
              .filter((value) => value !== 'low')
              .map((value) => ({ value, label: t(`support.priority.${value}`) }))}
            value={action.priority}
            onChange={(priority) => onChange({ ...action, priority })}
          />
        </Field>
      )
    case 'assign':
    case 'team':
      return (
        <Field label={t(`support.escalation.do.${action.do}`)} name={`${name}.to`}>
          <Select
            options={(action.do === 'assign' ? agents : teams).map((one) => ({
              value: one.id,
              label: one.name,
            }))}
            value={action.to}
            onChange={(to) => onChange({ ...action, to })}
          />
        </Field>
      )
    case 'tag':
      return <TagField action={action} name={name} onChange={onChange} />
    default:
      return <TellFields action={action} name={name} onChange={onChange} />
  }
}

type Of<Kind extends EscalationAction['do']> = {
  action: Extract<EscalationAction, { do: Kind }>
  name: string
  onChange: (action: EscalationAction) => void
}

function TagField({ action, name, onChange }: Of<'tag'>) {
  const t = useMessages()
  const [typed, setTyped] = useState(action.add.join(', '))
  return (
    <Field label={t('support.escalation.do.tag')} name={`${name}.add`} help={t('support.macro.tags.help')}>
      <Input
        value={typed}
        onChange={(value) => {
          setTyped(value)
          onChange({ ...action, add: tagsTyped(value) })
        }}
      />
    </Field>
  )
}

function TellFields({ action, name, onChange }: Of<'tell'>) {
  const t = useMessages()
  const { agents } = useTicketChoices()
  const { lead, people } = action
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-13 font-medium">{t('support.escalation.do.tell')}</legend>
      <Field label={t('support.escalation.lead.label')} name={name} inline>
        <Checkbox checked={lead} onChange={(chosen) => onChange({ ...action, lead: chosen })} />
      </Field>
      <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
        {agents.map(({ id, name: called }) => (
          <Field key={id} label={called} inline>
            <Checkbox
              checked={people.includes(id)}
              onChange={(chosen) =>
                onChange({ ...action, people: chosen ? [...people, id] : people.filter((one) => one !== id) })
              }
            />
          </Field>
        ))}
      </div>
    </fieldset>
  )
}

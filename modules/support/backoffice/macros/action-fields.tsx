import { useState } from 'react'
import { type MacroAction, priorities, topicsOfTickets } from '#contract/support'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { useTicketChoices } from '../choices.ts'
import { tagsTyped } from './macro-draft.ts'
import { TextAction } from './text-action.tsx'

type ActionFieldsProps = { action: MacroAction; name: string; onChange: (action: MacroAction) => void }

/** What one act of a macro needs to know. */
export function ActionFields({ action, name, onChange }: ActionFieldsProps) {
  const t = useMessages()
  switch (action.do) {
    case 'reply':
    case 'note':
      return (
        <TextAction
          kind={action.do}
          name={`${name}.body`}
          value={action.body}
          onChange={(body) => onChange({ do: action.do, body })}
        />
      )
    case 'priority':
      return (
        <Field label={t('support.macro.do.priority')} name={`${name}.priority`}>
          <Select
            options={priorities.map((value) => ({ value, label: t(`support.priority.${value}`) }))}
            value={action.priority}
            onChange={(priority) => onChange({ ...action, priority })}
          />
        </Field>
      )
    case 'topic':
      return (
        <Field label={t('support.macro.do.topic')} name={`${name}.topic`}>
          <Select
            options={topicsOfTickets.map((value) => ({ value, label: t(`support.topic.${value}`) }))}
            value={action.topic}
            onChange={(topic) => onChange({ ...action, topic })}
          />
        </Field>
      )
    case 'progress':
      return (
        <Field label={t('support.macro.progress')} name={`${name}.progress`}>
          <Input
            type="number"
            min={0}
            max={100}
            step={5}
            value={String(action.progress)}
            onChange={(progress) => onChange({ ...action, progress: Number(progress) })}
          />
        </Field>
      )
    case 'tag':
      return <TagFields action={action} name={name} onChange={onChange} />
    case 'assign':
      return <AssignField to={action.to} name={name} onChange={(to) => onChange({ do: 'assign', to })} />
    case 'snooze':
      return (
        <Field label={t('support.macro.snooze_days')} name={`${name}.days`}>
          <Input
            type="number"
            min={1}
            max={365}
            value={String(action.days)}
            onChange={(days) => onChange({ ...action, days: Number(days) })}
          />
        </Field>
      )
    default:
      return (
        <div>
          <p className="text-13 font-medium">{t(`support.macro.do.${action.do}`)}</p>
          <p className="text-12 text-ink-muted">{t(`support.macro.do.${action.do}.help`)}</p>
        </div>
      )
  }
}

type Tagging = Extract<MacroAction, { do: 'tag' }>

function TagFields({
  action,
  name,
  onChange,
}: {
  action: Tagging
  name: string
  onChange: (action: Tagging) => void
}) {
  const t = useMessages()
  const [add, setAdd] = useState(action.add.join(', '))
  const [remove, setRemove] = useState(action.remove.join(', '))
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label={t('support.macro.tags.add')} name={`${name}.add`} help={t('support.macro.tags.help')}>
        <Input
          value={add}
          onChange={(typed) => {
            setAdd(typed)
            onChange({ ...action, add: tagsTyped(typed) })
          }}
        />
      </Field>
      <Field label={t('support.macro.tags.remove')} name={`${name}.remove`} optional>
        <Input
          value={remove}
          onChange={(typed) => {
            setRemove(typed)
            onChange({ ...action, remove: tagsTyped(typed) })
          }}
        />
      </Field>
    </div>
  )
}

function AssignField({ to, name, onChange }: { to: string; name: string; onChange: (to: string) => void }) {
  const t = useMessages()
  const { agents } = useTicketChoices()
  return (
    <Field label={t('support.macro.do.assign')} name={`${name}.to`}>
      <Select
        options={[
          { value: 'me', label: t('support.macro.assign.me') },
          { value: 'nobody', label: t('support.macro.nobody') },
          ...agents.map((agent) => ({ value: agent.id, label: agent.name })),
        ]}
        value={to}
        onChange={onChange}
      />
    </Field>
  )
}

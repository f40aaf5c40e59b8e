import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import {
  addMacro,
  addSharedMacro,
  type Macro,
  type MacroAction,
  reaches,
  updateMacro,
} from '#contract/support'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Sheet } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Input } from '#platform/ui/input.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useTicketChoices } from '../choices.ts'
import { ActionFields } from './action-fields.tsx'
import { addable, blank, draftOf, moved, newAction } from './macro-draft.ts'

/** Writes a macro, or mends one. */
export function MacroForm({ macro, onClose }: { macro: Macro | null; onClose: () => void }) {
  const t = useMessages()
  const may = useMay()
  const { teams } = useTicketChoices()
  const [begun] = useState(() => (macro ? draftOf(macro) : blank()))
  const [draft, setDraft] = useState(begun)
  const [seen, setSeen] = useState(macro)
  const [saved, setSaved] = useState(false)
  const done = () => {
    setSaved(true)
    notify.done({ title: t('support.macro.saved') })
    onClose()
  }
  const add = useEndpoint(addMacro, { onSuccess: done })
  const share = useEndpoint(addSharedMacro, { onSuccess: done })
  const change = useEndpoint(updateMacro, {
    onSuccess: done,
    onError: (error) => {
      // What was written stays; saving again replaces what somebody else saved, which is said above.
      if (error.code === 'macro_changed') setSeen((error.details as { current: Macro }).current) // as the server refuses
    },
  })
  const setActions = (actions: MacroAction[]) => setDraft({ ...draft, actions })
  const { actions } = draft
  return (
    <Sheet
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={t(macro ? 'support.macro.edit' : 'support.macro.new')}
    >
      <Form
        submit={t('support.macro.save')}
        onCancel={onClose}
        saving={add.isPending || share.isPending || change.isPending}
        error={add.error ?? share.error ?? change.error}
        dirty={!saved && JSON.stringify(draft) !== JSON.stringify(begun)}
        onSubmit={() => {
          const { reach, title, teamId } = draft
          if (seen) change.mutate({ params: { id: seen.id }, body: { ...draft, revision: seen.revision } })
          else if (reach === 'personal') add.mutate({ body: { title, actions } })
          else share.mutate({ body: { title, actions, teamId, reach } })
        }}
      >
        <Field name="title" label={t('support.macro.title')}>
          <Input
            value={draft.title}
            maxLength={120}
            placeholder={t('support.macro.title.example')}
            onChange={(title) => setDraft({ ...draft, title })}
          />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field name="reach" label={t('support.macro.reach')}>
            <Select
              options={reaches
                .filter((reach) => reach === 'personal' || may('macros.manage'))
                .map((value) => ({ value, label: t(`support.macro.reach.${value}`) }))}
              value={draft.reach}
              onChange={(reach) => setDraft({ ...draft, reach })}
            />
          </Field>
          {draft.reach === 'team' && (
            <Field name="teamId" label={t('support.macro.team')}>
              <Select
                options={teams.map(({ id, name }) => ({ value: id, label: name }))}
                value={draft.teamId}
                onChange={(teamId) => setDraft({ ...draft, teamId })}
              />
            </Field>
          )}
        </div>
        <ol aria-label={t('support.macro.actions')} className="flex flex-col gap-3">
          {actions.map((action, place) => (
            <li key={action.do} className="flex gap-2 rounded-card border border-line p-3">
              <div className="min-w-0 flex-1">
                <ActionFields
                  action={action}
                  name={`actions.${place}`}
                  onChange={(next) => setActions(actions.map((one) => (one === action ? next : one)))}
                />
              </div>
              <div className="flex shrink-0 flex-col">
                <IconButton
                  icon={ArrowUp}
                  size="small"
                  label={t('support.macro.up')}
                  disabled={place === 0}
                  onClick={() => setActions(moved(actions, place, -1))}
                />
                <IconButton
                  icon={ArrowDown}
                  size="small"
                  label={t('support.macro.down')}
                  disabled={place === actions.length - 1}
                  onClick={() => setActions(moved(actions, place, 1))}
                />
                <IconButton
                  icon={Trash2}
                  size="small"
                  label={t('support.macro.remove')}
                  onClick={() => setActions(actions.filter((one) => one !== action))}
                />
              </div>
            </li>
          ))}
        </ol>
        <div>
          <Menu
            trigger={
              <Button size="small" icon={Plus}>
                {t('support.macro.add_action')}
              </Button>
            }
            items={addable(actions).map((kind) => ({
              label: t(`support.macro.do.${kind}`),
              onSelect: () => setActions([...actions, newAction(kind)]),
            }))}
          />
        </div>
      </Form>
    </Sheet>
  )
}

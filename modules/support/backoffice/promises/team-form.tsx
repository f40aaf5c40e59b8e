import { useState } from 'react'
import { saveSupportTeam, type SupportTeam } from '#contract/support'
import { Checkbox, Switch } from '#platform/ui/checkbox.tsx'
import { useClosing } from '#platform/ui/closing.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Sheet } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useTicketChoices } from '../choices.ts'

const nobody = 'nobody'

export function TeamForm({ team, onClose }: { team: SupportTeam | null; onClose: () => void }) {
  const t = useMessages()
  const { agents } = useTicketChoices()
  const [begun] = useState(() => ({
    name: team?.name ?? '',
    leadId: team?.lead?.id ?? null,
    memberIds: team?.members.map(({ id }) => id) ?? [],
    archived: team?.archived ?? false,
  }))
  const [draft, setDraft] = useState(begun)
  const [saved, setSaved] = useState(false)
  const set = (part: Partial<typeof begun>) => setDraft({ ...draft, ...part })
  const save = useEndpoint(saveSupportTeam, {
    onSuccess: () => {
      setSaved(true)
      notify.done({ title: t('support.sla.team.saved') })
      onClose()
    },
  })
  // Whoever is in it already and answers no tickets any more is shown too.
  const people = [
    ...agents,
    ...(team?.members ?? []).filter(({ id }) => !agents.some((agent) => agent.id === id)),
  ]
  const dirty = !saved && JSON.stringify(draft) !== JSON.stringify(begun)
  const { close, question } = useClosing(dirty, onClose)
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && close()}
      title={t(team ? 'support.sla.team.change' : 'support.sla.team.new')}
    >
      <Form
        submit={t('support.sla.save')}
        onCancel={close}
        saving={save.isPending}
        error={save.error}
        dirty={dirty}
        onSubmit={() => save.mutate({ body: { id: team?.id ?? null, ...draft } })}
      >
        <Field name="name" label={t('support.sla.name')}>
          <Input value={draft.name} maxLength={60} onChange={(name) => set({ name })} />
        </Field>
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 text-13 font-medium">{t('support.sla.team.members')}</legend>
          {people.map(({ id, name }) => (
            <Field key={id} label={name} inline>
              <Checkbox
                checked={draft.memberIds.includes(id)}
                onChange={(chosen) =>
                  set({
                    memberIds: chosen
                      ? [...draft.memberIds, id]
                      : draft.memberIds.filter((member) => member !== id),
                  })
                }
              />
            </Field>
          ))}
        </fieldset>
        <Field name="leadId" label={t('support.sla.team.lead')} help={t('support.sla.team.lead.help')}>
          <Select
            options={[
              { value: nobody, label: t('support.macro.nobody') },
              ...people.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={draft.leadId ?? nobody}
            onChange={(leadId) => set({ leadId: leadId === nobody ? null : leadId })}
          />
        </Field>
        {team && (
          <Field name="archived" label={t('support.sla.team.archived')} inline>
            <Switch checked={draft.archived} onChange={(archived) => set({ archived })} />
          </Field>
        )}
      </Form>
      {question}
    </Sheet>
  )
}

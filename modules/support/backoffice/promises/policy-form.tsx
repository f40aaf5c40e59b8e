import { useState } from 'react'
import {
  type Allowances,
  priorities,
  saveSlaPolicy,
  type SlaCalendar,
  type SlaPolicy,
} from '#contract/support'
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
import { BeginsField, beginsAt } from './begins-field.tsx'
import { durationTyped, readDuration } from './durations.ts'
import { EscalationFields } from '../escalations/escalation-fields.tsx'
import { targets } from './policy-card.tsx'

type Priority = (typeof priorities)[number]
type Typed = Record<Priority, Record<keyof Allowances, string>>

/** What a first policy begins with: minutes, by priority. */
const usual: Record<Priority, Allowances> = {
  urgent: { firstResponse: 60, nextResponse: 120, resolution: 480 },
  high: { firstResponse: 120, nextResponse: 240, resolution: 960 },
  normal: { firstResponse: 240, nextResponse: 480, resolution: 1_920 },
  low: { firstResponse: 480, nextResponse: 960, resolution: null },
}

const typedOf = (allowances: Record<Priority, Allowances>): Typed => {
  const row = ({ firstResponse, nextResponse, resolution }: Allowances) => ({
    firstResponse: durationTyped(firstResponse),
    nextResponse: durationTyped(nextResponse),
    resolution: durationTyped(resolution),
  })
  const { urgent, high, normal, low } = allowances
  return { urgent: row(urgent), high: row(high), normal: row(normal), low: row(low) }
}

type PolicyFormProps = {
  policy: SlaPolicy | null
  calendars: readonly SlaCalendar[]
  plans: readonly string[]
  /** Where a new one stands: after all others, so that it takes no ticket from them unasked. */
  next: number
  onClose: () => void
}

/** A new version of a policy, or a new one: the former stays as it was. */
export function PolicyForm({ policy, calendars, plans, next, onClose }: PolicyFormProps) {
  const t = useMessages()
  const [begun] = useState(() => ({
    name: policy?.name ?? '',
    active: policy?.active ?? true,
    position: String(policy?.position ?? next),
    calendarId: policy?.calendar.id ?? calendars[0]?.id ?? null,
    plans: policy?.plans ?? [],
    tags: policy?.tags.join(', ') ?? '',
    warnAtPercent: String(policy?.warnAtPercent ?? 80),
    escalations: policy?.escalations ?? [],
    typed: typedOf(policy?.allowances ?? usual),
    begins: '',
  }))
  const [draft, setDraft] = useState(begun)
  const [saved, setSaved] = useState(false)
  const [wrong, setWrong] = useState<readonly string[]>([])
  const set = (part: Partial<typeof begun>) => setDraft({ ...draft, ...part })
  const save = useEndpoint(saveSlaPolicy, {
    onSuccess: () => {
      setSaved(true)
      notify.done({ title: t('support.sla.saved'), description: t('support.sla.saved.help') })
      onClose()
    },
  })
  function submit() {
    const read = (priority: Priority, target: keyof Allowances) => readDuration(draft.typed[priority][target])
    const unread = priorities.flatMap((priority) =>
      targets
        .filter((target) => read(priority, target) === undefined)
        .map((target) => `${priority}.${target}`),
    )
    setWrong(unread)
    if (unread.length > 0 || draft.calendarId === null) return
    const row = (priority: Priority): Allowances => ({
      firstResponse: read(priority, 'firstResponse') ?? null,
      nextResponse: read(priority, 'nextResponse') ?? null,
      resolution: read(priority, 'resolution') ?? null,
    })
    const { name, active, calendarId } = draft
    save.mutate({
      body: {
        id: policy?.id ?? null,
        name,
        active,
        calendarId,
        plans: draft.plans,
        position: Number(draft.position),
        tags: draft.tags
          .split(',')
          .map((tag) => tag.trim())
          .filter((tag) => tag !== ''),
        allowances: {
          urgent: row('urgent'),
          high: row('high'),
          normal: row('normal'),
          low: row('low'),
        },
        warnAtPercent: Number(draft.warnAtPercent),
        escalations: draft.escalations,
        inForceFrom: beginsAt(draft.begins),
      },
    })
  }
  const dirty = !saved && JSON.stringify(draft) !== JSON.stringify(begun)
  const { close, question } = useClosing(dirty, onClose)
  return (
    <Sheet
      open
      wide
      onOpenChange={(open) => !open && close()}
      title={t(policy ? 'support.sla.policy.change' : 'support.sla.policy.new')}
    >
      <Form
        submit={t('support.sla.save')}
        onCancel={close}
        saving={save.isPending}
        error={save.error}
        dirty={dirty}
        onSubmit={submit}
      >
        <Field name="name" label={t('support.sla.name')}>
          <Input value={draft.name} maxLength={80} onChange={(name) => set({ name })} />
        </Field>
        <Field name="calendarId" label={t('support.sla.calendar')}>
          <Select
            options={calendars.map(({ id, name }) => ({ value: id, label: name }))}
            value={draft.calendarId}
            onChange={(calendarId) => set({ calendarId })}
          />
        </Field>
        <fieldset className="flex flex-col gap-3">
          <legend className="text-13 font-medium">{t('support.sla.targets')}</legend>
          <p className="text-12 text-ink-muted">{t('support.sla.targets.help')}</p>
          {priorities.toReversed().map((priority) => (
            <div key={priority} className="grid gap-2 rounded-card border border-line p-3 sm:grid-cols-3">
              <p className="text-13 font-medium sm:col-span-3">{t(`support.priority.${priority}`)}</p>
              {targets.map((target) => (
                <Field
                  key={target}
                  name={`allowances.${priority}.${target}`}
                  label={t(`support.sla.target.${target}`)}
                  {...(wrong.includes(`${priority}.${target}`) && { error: t('support.sla.duration.wrong') })}
                >
                  <Input
                    value={draft.typed[priority][target]}
                    placeholder={t('support.sla.nothing')}
                    onChange={(value) =>
                      set({
                        typed: { ...draft.typed, [priority]: { ...draft.typed[priority], [target]: value } },
                      })
                    }
                  />
                </Field>
              ))}
            </div>
          ))}
        </fieldset>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field name="warnAtPercent" label={t('support.sla.warn')} help={t('support.sla.warn.help')}>
            <Input
              type="number"
              min={1}
              max={100}
              value={draft.warnAtPercent}
              onChange={(warnAtPercent) => set({ warnAtPercent })}
            />
          </Field>
          <Field name="position" label={t('support.sla.position')} help={t('support.sla.position.help')}>
            <Input
              type="number"
              min={0}
              max={1000}
              value={draft.position}
              onChange={(position) => set({ position })}
            />
          </Field>
        </div>
        <EscalationFields escalations={draft.escalations} onChange={(escalations) => set({ escalations })} />
        {plans.length > 0 && (
          <fieldset className="flex flex-col gap-2">
            <legend className="mb-1 text-13 font-medium">{t('support.sla.plans')}</legend>
            {plans.map((plan) => (
              <Field key={plan} label={plan} inline>
                <Checkbox
                  checked={draft.plans.includes(plan)}
                  onChange={(chosen) =>
                    set({
                      plans: chosen ? [...draft.plans, plan] : draft.plans.filter((one) => one !== plan),
                    })
                  }
                />
              </Field>
            ))}
            <p className="text-12 text-ink-muted">{t('support.sla.plans.help')}</p>
          </fieldset>
        )}
        <Field name="tags" label={t('support.sla.tags')} optional help={t('support.sla.tags.help')}>
          <Input value={draft.tags} onChange={(tags) => set({ tags })} />
        </Field>
        <Field name="active" label={t('support.sla.active')} inline>
          <Switch checked={draft.active} onChange={(active) => set({ active })} />
        </Field>
        <BeginsField value={draft.begins} onChange={(begins) => set({ begins })} />
      </Form>
      {question}
    </Sheet>
  )
}

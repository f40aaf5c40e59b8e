import { useState } from 'react'
import { type Act, addAct, monSoutienPsyPrices, updateAct } from '#contract/agenda'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { centsOf, minutesOf } from '../booking/draft.ts'
import { ColourChoice } from './colour-choice.tsx'

/** An act, new or known. What a known one costs is said by date. */
export function ActDialog({ act, onClose }: { act?: Act; onClose: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  // What one began from, so that what somebody else saved meanwhile is not overwritten unseen.
  const [seen] = useState(act)
  const [draft, setDraft] = useState({
    name: act?.name ?? '',
    minutes: String(act?.minutes ?? 60),
    fee: '',
    colour: act?.colour ?? 0,
    monSoutienPsy: act?.monSoutienPsy ?? false,
  })
  const [asked, setAsked] = useState(false)
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part })
  const done = ({ name }: Act) => {
    notify.done({ title: t('agenda.settings.act.saved', { name }) })
    onClose()
  }
  const add = useEndpoint(addAct, { onSuccess: done })
  const update = useEndpoint(updateAct, { onSuccess: done })

  const fixed = monSoutienPsyPrices[0]?.feeCents ?? 0
  const minutes = minutesOf(draft)
  const feeCents = draft.monSoutienPsy ? fixed : centsOf(draft.fee)
  const name = draft.name.trim()
  const isReady = name !== '' && minutes !== undefined && (seen || feeCents !== undefined)
  const submit = () => {
    setAsked(true)
    if (!isReady || minutes === undefined) return
    const { colour, monSoutienPsy } = draft
    const about = { name, minutes, colour, monSoutienPsy }
    if (seen) update.mutate({ params: { id: seen.id }, body: { revision: seen.revision, ...about } })
    else if (feeCents !== undefined) add.mutate({ body: { ...about, feeCents } })
  }
  const need = (isWrong: boolean, words: string) => (asked && isWrong ? words : undefined)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={seen ? t('agenda.settings.act.change', { name: seen.name }) : t('agenda.settings.act.add')}
    >
      <Form
        submit={t('agenda.settings.save')}
        saving={add.isPending || update.isPending}
        error={add.error ?? update.error}
        onSubmit={submit}
        onCancel={onClose}
      >
        <Field
          name="name"
          label={t('agenda.settings.act.name')}
          error={need(name === '', t('agenda.settings.act.name.missing'))}
        >
          <Input value={draft.name} maxLength={80} onChange={(value) => change({ name: value })} />
        </Field>
        <div className="grid grid-cols-2 gap-3">
          <Field
            name="minutes"
            label={t('agenda.minutes')}
            error={need(minutes === undefined, t('agenda.minutes.wrong'))}
          >
            <Input
              type="number"
              min={5}
              max={600}
              step={5}
              inputMode="numeric"
              value={draft.minutes}
              onChange={(value) => change({ minutes: value })}
            />
          </Field>
          {!seen && !draft.monSoutienPsy && (
            <Field
              name="feeCents"
              label={t('agenda.settings.act.fee')}
              error={need(feeCents === undefined, t('agenda.fee.wrong'))}
            >
              <Input inputMode="decimal" value={draft.fee} onChange={(fee) => change({ fee })} />
            </Field>
          )}
        </div>
        <Field
          inline
          name="monSoutienPsy"
          label={t('agenda.settings.act.supported')}
          help={t('agenda.settings.act.supported.help', { price: formats.money(fixed) })}
        >
          <Checkbox checked={draft.monSoutienPsy} onChange={(monSoutienPsy) => change({ monSoutienPsy })} />
        </Field>
        <ColourChoice value={draft.colour} onChange={(colour) => change({ colour })} />
      </Form>
    </Dialog>
  )
}

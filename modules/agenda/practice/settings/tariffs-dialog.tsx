import { useState } from 'react'
import { Trash2 } from 'lucide-react'
import { type Act, monSoutienPsyPrices, removeTariff, setTariff } from '#contract/agenda'
import { Badge } from '#platform/ui/badge.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { centsOf } from '../booking/draft.ts'
import { useToday } from './use-today.ts'

/** What an act costs, from which day on; what was booked before keeps its fee. */
export function TariffsDialog({ act, onClose }: { act: Act; onClose: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  const today = useToday()
  const [draft, setDraft] = useState({ fromOn: today, fee: '' })
  const [asked, setAsked] = useState(false)
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part })
  const failed = (error: unknown) => notify.failed({ title: sentenceOf(error, t) })
  const put = useEndpoint(setTariff, {
    onSuccess: () => {
      setDraft({ fromOn: today, fee: '' })
      setAsked(false)
    },
  })
  const again = useEndpoint(setTariff, { onError: failed })
  const remove = useEndpoint(removeTariff, {
    onSuccess: (now, { params }) => {
      const gone = act.tariffs.find(({ fromOn }) => fromOn === params.fromOn)
      notify.done({
        title: t('agenda.settings.tariff.removed'),
        undo: () =>
          gone && again.mutate({ params, body: { revision: now.revision, feeCents: gone.feeCents } }),
      })
    },
    onError: failed,
  })
  const feeCents = centsOf(draft.fee)
  const current = act.tariffs.find(({ fromOn }) => fromOn <= today)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('agenda.settings.act.price', { name: act.name })}
      description={
        act.monSoutienPsy
          ? t('agenda.settings.act.supported.help', {
              price: formats.money(monSoutienPsyPrices[0]?.feeCents),
            })
          : t('agenda.settings.tariff.help')
      }
    >
      <ul className="mb-4 divide-y divide-line border-y border-line">
        {act.tariffs.map(({ fromOn, feeCents: cents }) => (
          <li key={fromOn} className="flex min-h-10 items-center gap-2 text-13">
            <span className="tabular-nums">
              {t('agenda.settings.tariff.from', { day: formats.day(fromOn) })}
            </span>
            {fromOn === current?.fromOn && <Badge tone="success">{t('agenda.settings.tariff.now')}</Badge>}
            <span className="ml-auto font-medium">
              <Money cents={cents} />
            </span>
            <IconButton
              icon={Trash2}
              label={t('agenda.settings.tariff.remove', { day: formats.day(fromOn) })}
              disabled={act.tariffs.length === 1}
              onClick={() =>
                remove.mutate({ params: { id: act.id, fromOn }, query: { revision: act.revision } })
              }
            />
          </li>
        ))}
      </ul>
      <Form
        submit={t('agenda.settings.tariff.add')}
        saving={put.isPending}
        error={put.error}
        onSubmit={() => {
          setAsked(true)
          if (draft.fromOn && feeCents !== undefined)
            put.mutate({
              params: { id: act.id, fromOn: draft.fromOn },
              body: { revision: act.revision, feeCents },
            })
        }}
      >
        <div className="grid grid-cols-2 gap-3">
          <Field name="fromOn" label={t('agenda.settings.tariff.day')}>
            <Input type="date" value={draft.fromOn} onChange={(fromOn) => change({ fromOn })} />
          </Field>
          <Field
            name="feeCents"
            label={t('agenda.settings.act.fee')}
            error={asked && feeCents === undefined ? t('agenda.fee.wrong') : undefined}
          >
            <Input inputMode="decimal" value={draft.fee} onChange={(fee) => change({ fee })} />
          </Field>
        </div>
      </Form>
    </Dialog>
  )
}

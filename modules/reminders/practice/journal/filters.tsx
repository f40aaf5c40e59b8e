import { channels, type MessageFilter, messageKinds, messageStates } from '#contract/reminders'
import { Chip, FilterMenu } from '#platform/ui/chip.tsx'
import { MISSING } from '#platform/ui/formats.ts'
import { SearchInput } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'

type FiltersProps = {
  state: MessageFilter
  patientName: string | undefined
  onChange: (change: Partial<MessageFilter>, options?: { replace?: boolean }) => void
}

export function MessageFilters({ state, patientName, onChange }: FiltersProps) {
  const t = useMessages()
  const may = useMay()
  const formats = useFormats()
  const [text, setText] = useSettledText(state.q ?? '', (q) =>
    onChange({ q: q || undefined }, { replace: true }),
  )
  const day = (value: string | undefined) => (value ? formats.day(value) : '…')
  return (
    <>
      {may('patients.read') && <SearchInput label={t('reminders.search')} value={text} onChange={setText} />}
      <FilterMenu
        single
        label={t('reminders.state')}
        options={messageStates.map((value) => ({ value, label: t(`reminders.state.${value}`) }))}
        value={state.state ? [state.state] : []}
        onChange={([one]) => onChange({ state: one })}
      />
      <FilterMenu
        single
        label={t('reminders.kind')}
        options={messageKinds.map((value) => ({ value, label: t(`reminders.kind.${value}`) }))}
        value={state.kind ? [state.kind] : []}
        onChange={([kind]) => onChange({ kind })}
      />
      <FilterMenu
        single
        label={t('reminders.channel')}
        options={channels.map((value) => ({ value, label: t(`reminders.channel.${value}`) }))}
        value={state.channel ? [state.channel] : []}
        onChange={([channel]) => onChange({ channel })}
      />
      {state.state && (
        <Chip
          label={t('reminders.state')}
          value={t(`reminders.state.${state.state}`)}
          onRemove={() => onChange({ state: undefined })}
        />
      )}
      {state.kind && (
        <Chip
          label={t('reminders.kind')}
          value={t(`reminders.kind.${state.kind}`)}
          onRemove={() => onChange({ kind: undefined })}
        />
      )}
      {state.channel && (
        <Chip
          label={t('reminders.channel')}
          value={t(`reminders.channel.${state.channel}`)}
          onRemove={() => onChange({ channel: undefined })}
        />
      )}
      {state.patientId && (
        <Chip
          label={t('reminders.patient')}
          value={patientName ?? MISSING}
          onRemove={() => onChange({ patientId: undefined })}
        />
      )}
      {state.feeNoteId && (
        <Chip
          label={t('reminders.kind.fee_note')}
          value={t('reminders.fee-note.only')}
          onRemove={() => onChange({ feeNoteId: undefined })}
        />
      )}
      {(state.from ?? state.to) && (
        <Chip
          label={t('reminders.when')}
          value={`${day(state.from)} – ${day(state.to)}`}
          onRemove={() => onChange({ from: undefined, to: undefined })}
        />
      )}
    </>
  )
}

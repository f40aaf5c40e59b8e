import { type CallFilter, callStates, callSubjects } from '#contract/calls'
import { Chip, FilterMenu } from '#platform/ui/chip.tsx'
import { MISSING } from '#platform/ui/formats.ts'
import { SearchInput } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import { usePeople } from '../people.ts'

type FiltersProps = {
  state: CallFilter
  /** What the chip of the only patient says. */
  patientName: string | undefined
  onChange: (change: Partial<CallFilter>, options?: { replace?: boolean }) => void
}

export function CallFilters({ state, patientName, onChange }: FiltersProps) {
  const t = useMessages()
  const { people } = usePeople()
  const [text, setText] = useSettledText(state.q ?? '', (q) =>
    onChange({ q: q || undefined }, { replace: true }),
  )
  const chips = [
    state.state && {
      name: 'state' as const,
      label: t('calls.state'),
      value: t(`calls.state.${state.state}`),
    },
    state.subject && {
      name: 'subject' as const,
      label: t('calls.subject'),
      value: t(`calls.subject.${state.subject}`),
    },
    state.forId && {
      name: 'forId' as const,
      label: t('calls.for'),
      value: people.find(({ memberId }) => memberId === state.forId)?.name ?? MISSING,
    },
    state.when && { name: 'when' as const, label: t('calls.when'), value: t('calls.when.today') },
    state.urgent && { name: 'urgent' as const, label: t('calls.state'), value: t('calls.urgent') },
    state.patientId && {
      name: 'patientId' as const,
      label: t('calls.patient'),
      value: patientName ?? MISSING,
    },
  ].filter((chip) => chip !== undefined && chip !== '')
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <SearchInput label={t('calls.search')} value={text} onChange={setText} />
      <FilterMenu
        single
        label={t('calls.state')}
        options={callStates.map((value) => ({ value, label: t(`calls.state.${value}`) }))}
        value={state.state ? [state.state] : []}
        onChange={([one]) => onChange({ state: one })}
      />
      <FilterMenu
        single
        label={t('calls.subject')}
        options={callSubjects.map((value) => ({ value, label: t(`calls.subject.${value}`) }))}
        value={state.subject ? [state.subject] : []}
        onChange={([subject]) => onChange({ subject })}
      />
      {people.length > 1 && (
        <FilterMenu
          single
          label={t('calls.for')}
          options={people.map(({ memberId, name }) => ({ value: memberId, label: name }))}
          value={state.forId ? [state.forId] : []}
          onChange={([forId]) => onChange({ forId })}
        />
      )}
      <FilterMenu
        single
        label={t('calls.when')}
        options={[{ value: 'today', label: t('calls.when.today') }]}
        value={state.when ? [state.when] : []}
        onChange={([when]) => onChange({ when: when && 'today' })}
      />
      {chips.map(({ name, label, value }) => (
        <Chip key={name} label={label} value={value} onRemove={() => onChange({ [name]: undefined })} />
      ))}
    </div>
  )
}

import { requestKinds, requestStates } from '#contract/privacy'
import { Chip, FilterMenu } from '#platform/ui/chip.tsx'
import { SearchInput } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import type { RequestFilters } from './addresses.ts'
import type { ChangeRequestFilters } from './request-filters.ts'

type RequestToolbarProps = { filters: RequestFilters; change: ChangeRequestFilters }

export function RequestToolbar({ filters, change }: RequestToolbarProps) {
  const t = useMessages()
  const { state, kind, late } = filters
  const [text, setText] = useSettledText(filters.q ?? '', (q) =>
    change({ q: q === '' ? undefined : q }, { replace: true }),
  )
  return (
    <>
      <SearchInput
        label={t('privacy.search')}
        placeholder={t('privacy.search.placeholder')}
        value={text}
        onChange={setText}
      />
      <FilterMenu
        single
        label={t('privacy.state')}
        options={requestStates.map((one) => ({ value: one, label: t(`privacy.state.${one}`) }))}
        value={state ? [state] : []}
        onChange={([one]) => change({ state: one })}
      />
      <FilterMenu
        single
        label={t('privacy.kind')}
        options={requestKinds.map((one) => ({ value: one, label: t(`privacy.kind.${one}`) }))}
        value={kind ? [kind] : []}
        onChange={([one]) => change({ kind: one })}
      />
      <FilterMenu
        single
        label={t('privacy.late')}
        options={[{ value: 'yes', label: t('privacy.late.yes') }]}
        value={late ? [late] : []}
        onChange={([one]) => change({ late: one })}
      />
      {state && (
        <Chip
          label={t('privacy.state')}
          value={t(`privacy.state.${state}`)}
          onRemove={() => change({ state: undefined })}
        />
      )}
      {kind && (
        <Chip
          label={t('privacy.kind')}
          value={t(`privacy.kind.${kind}`)}
          onRemove={() => change({ kind: undefined })}
        />
      )}
      {late && (
        <Chip
          label={t('privacy.late')}
          value={t('privacy.late.yes')}
          onRemove={() => change({ late: undefined })}
        />
      )}
    </>
  )
}

import type { Origin, PatientFilter } from '#contract/patients'
import { Button } from '#platform/ui/button.tsx'
import { Chip } from '#platform/ui/chip.tsx'
import { MISSING } from '#platform/ui/formats.ts'
import { useGo } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { listTo } from './addresses.ts'
import type { ChangeFilters } from './patient-filters.ts'

type FilterChipsProps = { filters: PatientFilter; change: ChangeFilters; origins: readonly Origin[] }
type ChipOf = { label: string; value: string; without: keyof PatientFilter }

/** Every filter at work, also those that came with a link from a figure, each with its way out. */
export function FilterChips({ filters, change, origins }: FilterChipsProps) {
  const t = useMessages()
  const formats = useFormats()
  const go = useGo()
  const { state, monSoutienPsy, authority, owes, notSince, since, created, originId, practitionerId } =
    filters
  const only = t('patients.filters.only')
  const chips: ChipOf[] = [
    ...(state && state !== 'active'
      ? [{ label: t('patients.state'), value: t(`patients.state.${state}`), without: 'state' as const }]
      : []),
    ...(monSoutienPsy
      ? [{ label: only, value: t('patients.filter.monSoutienPsy'), without: 'monSoutienPsy' as const }]
      : []),
    ...(authority
      ? [{ label: only, value: t('patients.filter.authority'), without: 'authority' as const }]
      : []),
    ...(owes ? [{ label: only, value: t('patients.filter.owes'), without: 'owes' as const }] : []),
    ...(notSince
      ? [
          {
            label: t('patients.filter.not-since'),
            value: formats.day(notSince),
            without: 'notSince' as const,
          },
        ]
      : []),
    ...(since
      ? [{ label: t('patients.filter.since'), value: formats.day(since), without: 'since' as const }]
      : []),
    ...(created
      ? [{ label: t('patients.filter.created'), value: formats.month(created), without: 'created' as const }]
      : []),
    ...(originId
      ? [
          {
            label: t('patients.origin'),
            value: origins.find(({ id }) => id === originId)?.name ?? MISSING,
            without: 'originId' as const,
          },
        ]
      : []),
    ...(practitionerId
      ? [{ label: only, value: t('patients.filter.practitioner'), without: 'practitionerId' as const }]
      : []),
  ]
  if (chips.length === 0) return null
  return (
    <ul
      aria-label={t('patients.filters')}
      className="order-last flex basis-full flex-wrap items-center gap-1.5"
    >
      {chips.map(({ label, value, without }) => (
        <li key={without} className="max-w-full">
          <Chip label={label} value={value} onRemove={() => change({ [without]: undefined })} />
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <Button variant="ghost" size="small" onClick={() => go(listTo({ q: filters.q }))}>
            {t('patients.filters.clear')}
          </Button>
        </li>
      )}
    </ul>
  )
}

import { useGo } from '#platform/ui/link.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Chip } from '#platform/ui/chip.tsx'
import { type Formats, MISSING } from '#platform/ui/formats.ts'
import { type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { type AccountManagers, useAccountManagers } from './account-managers.ts'
import { listTo } from './addresses.ts'
import type { ChangeFilters, ClientFilters } from './client-filters.ts'
import { departmentName } from './department-name.ts'

type FilterChipsProps = { filters: ClientFilters; change: ChangeFilters }

/** Every filter at work, also those that came with a link from the dashboard, each with its way out. */
export function FilterChips({ filters, change }: FilterChipsProps) {
  const t = useMessages()
  const formats = useFormats()
  const go = useGo()
  const managers = useAccountManagers()
  const chips = chipsOf(filters, t, formats, managers)
  if (chips.length === 0) return null
  return (
    <ul
      aria-label={t('clients.filters')}
      className="order-last flex basis-full flex-wrap items-center gap-1.5"
    >
      {chips.map(({ label, value, without }) => (
        <li key={`${label} ${value}`} className="max-w-full">
          <Chip label={label} value={value} onRemove={() => change(without)} />
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <Button
            variant="ghost"
            size="small"
            onClick={() => go(listTo({ q: filters.q, trash: filters.trash }))}
          >
            {t('clients.filters.clear')}
          </Button>
        </li>
      )}
    </ul>
  )
}

type ChipOf = { label: string; value: string; without: Partial<ClientFilters> }

function chipsOf(
  filters: ClientFilters,
  t: Translate,
  formats: Formats,
  managers: AccountManagers,
): ChipOf[] {
  const { status = [], department = [], subscription = [], accountManager = [] } = filters
  const one = <Name extends keyof ClientFilters>(
    name: Name,
    label: string,
    value: (set: NonNullable<ClientFilters[Name]>) => string,
  ): ChipOf[] => {
    const set = filters[name]
    return set === undefined || set === null
      ? []
      : [{ label, value: value(set), without: { [name]: undefined } }]
  }
  return [
    ...status.map((value) => ({
      label: t('clients.status'),
      value: t(`clients.status.${value}`),
      without: { status: status.filter((other) => other !== value) },
    })),
    ...department.map((value) => ({
      label: t('clients.department'),
      value: departmentName(value),
      without: { department: department.filter((other) => other !== value) },
    })),
    ...subscription.map((value) => ({
      label: t('clients.subscription'),
      value: t(`clients.subscription.${value}`),
      without: { subscription: subscription.filter((other) => other !== value) },
    })),
    ...accountManager.map((value) => ({
      label: t('clients.account-manager'),
      value:
        managers.filters.find((option) => option.value === value)?.label ?? managers.nameOf(value) ?? MISSING,
      without: { accountManager: accountManager.filter((other) => other !== value) },
    })),
    ...one('kind', t('clients.kind'), (kind) => t(`clients.kind.${kind}`)),
    ...one('startedPaying', t('clients.filters.started-paying'), formats.month),
    ...one('stoppedPaying', t('clients.filters.stopped-paying'), formats.month),
    ...one('payingOn', t('clients.filters.paying-on'), formats.day),
    ...one('trialEndsBefore', t('clients.filters.trial-ends-before'), formats.day),
    ...one('signedIn', t('clients.last-sign-in'), () => t('clients.never-signed-in')),
    ...(filters.trash === 'any'
      ? [
          {
            label: t('clients.trash.name'),
            value: t('clients.filters.trash-included'),
            without: { trash: undefined },
          },
        ]
      : []),
  ]
}

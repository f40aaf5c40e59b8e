import { ChevronDown } from 'lucide-react'
import { Button } from '#platform/ui/button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Popover } from '#platform/ui/popover.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import type { ChangeFilters, LogFilters } from './log-state.ts'

type OtherFiltersProps = { filters: LogFilters; change: ChangeFilters }

const names = ['ip', 'subject', 'object'] as const
type Name = (typeof names)[number]

/** What one copies from elsewhere rather than chooses: an address, an identifier. */
export function OtherFilters({ filters, change }: OtherFiltersProps) {
  const t = useMessages()
  const filtering = names.some((name) => filters[name] !== undefined)
  return (
    <Popover
      title={t('audit.filters.more')}
      trigger={
        <Button className={cx(filtering && 'border-control')}>
          {t('audit.filters.plus')}
          <ChevronDown aria-hidden size={16} className="-mr-1 text-ink-muted" />
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        {names.map((name) => (
          <Typed key={name} name={name} filters={filters} change={change} />
        ))}
      </div>
    </Popover>
  )
}

function Typed({ name, filters, change }: OtherFiltersProps & { name: Name }) {
  const t = useMessages()
  const [text, setText] = useSettledText(filters[name] ?? '', (typed) =>
    change({ [name]: typed === '' ? undefined : typed }, { replace: true }),
  )
  return (
    <Field label={t(`audit.filters.${name}`)} help={t(`audit.filters.${name}.help`)}>
      <Input value={text} onChange={setText} autoComplete="off" spellCheck={false} />
    </Field>
  )
}

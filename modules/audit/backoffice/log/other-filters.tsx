import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#platform/ui/button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Popover } from '#platform/ui/popover.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import type { ChangeFilters, LogFilters } from './log-state.ts'
import { SubjectFilter } from './subject-filter.tsx'
import { REST } from './rest.ts'
import { isAddress } from './wrong-filters.ts'

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
        <Typed name="ip" filters={filters} change={change} />
        <SubjectFilter value={filters.subject} onChange={(subject) => change({ subject })} />
        <Typed name="subject" filters={filters} change={change} />
        <Typed name="object" filters={filters} change={change} />
      </div>
    </Popover>
  )
}

function Typed({ name, filters, change }: OtherFiltersProps & { name: Name }) {
  const t = useMessages()
  const isWrong = (typed: string) => name === 'ip' && typed !== '' && !isAddress(typed)
  const [refused, setRefused] = useState(() => (isWrong(filters[name] ?? '') ? filters[name] : undefined))
  const [text, setText, tellNow] = useSettledText(
    filters[name] ?? '',
    (typed) => {
      if (isWrong(typed)) return setRefused(typed)
      change({ [name]: typed === '' ? undefined : typed }, { replace: true })
    },
    REST,
  )
  return (
    <Field
      label={t(name === 'subject' ? 'audit.filters.subject.by-id' : `audit.filters.${name}`)}
      {...(name !== 'subject' && { help: t(`audit.filters.${name}.help`) })}
      error={refused === text.trim() ? t('fields.ip_wrong') : undefined}
    >
      <Input
        value={text}
        onChange={setText}
        onKeyDown={({ key }) => key === 'Enter' && tellNow()}
        autoComplete="off"
        spellCheck={false}
      />
    </Field>
  )
}

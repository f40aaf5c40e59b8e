import { ChevronLeft, ChevronRight, Users } from 'lucide-react'
import type { Practitioner } from '#contract/agenda'
import { Button, buttonClass } from '#platform/ui/button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { type View, views } from './agenda-state.ts'

type ToolbarProps = {
  period: string
  view: View
  onView: (view: View) => void
  onStep: (direction: -1 | 1) => void
  onToday: () => void
  practitioners: readonly Practitioner[]
  who: readonly string[]
  onWho: (who: string[]) => void
}

/** Which days, how many of them, and whose. */
export function Toolbar({ period, view, onView, onStep, onToday, practitioners, who, onWho }: ToolbarProps) {
  const t = useMessages()
  return (
    <div className="flex flex-wrap items-center gap-2">
      <div className="flex items-center gap-1">
        <IconButton icon={ChevronLeft} label={t(`agenda.previous.${view}`)} onClick={() => onStep(-1)} />
        <Button onClick={onToday}>{t('agenda.today')}</Button>
        <IconButton icon={ChevronRight} label={t(`agenda.next.${view}`)} onClick={() => onStep(1)} />
      </div>
      <p aria-live="polite" className="text-14 font-semibold tabular-nums max-sm:order-last max-sm:w-full">
        {period}
      </p>
      <div className="ml-auto flex items-center gap-2">
        {practitioners.length > 1 && (
          <Menu
            align="end"
            trigger={
              <button type="button" className={buttonClass({})}>
                <Users aria-hidden size={16} className="-ml-0.5" />
                <span className="max-sm:sr-only">{whoWords(practitioners, who) ?? t('agenda.who.all')}</span>
              </button>
            }
            items={[
              {
                label: t('agenda.who.all'),
                checked: who.length === practitioners.length,
                onSelect: () => onWho(practitioners.map(({ memberId }) => memberId)),
              },
              ...practitioners.map(({ memberId, name }) => ({
                group: t('agenda.who'),
                label: name,
                checked: who.includes(memberId),
                onSelect: () => onWho(toggled(practitioners, who, memberId)),
              })),
            ]}
          />
        )}
        <fieldset className="flex rounded-control border border-line-strong">
          <legend className="sr-only">{t('agenda.view')}</legend>
          {views.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={view === one}
              onClick={() => onView(one)}
              className={cx(
                'h-control px-2.5 text-13 font-medium first:rounded-l-control last:rounded-r-control',
                view === one ? 'bg-pressed text-ink' : 'bg-surface text-ink-muted hover:bg-hover',
              )}
            >
              {t(`agenda.view.${one}`)}
            </button>
          ))}
        </fieldset>
      </div>
    </div>
  )
}

function whoWords(practitioners: readonly Practitioner[], who: readonly string[]): string | undefined {
  if (who.length === practitioners.length) return undefined
  return practitioners
    .filter(({ memberId }) => who.includes(memberId))
    .map(({ name }) => name)
    .join(', ')
}

/** In the order of the list, and never nobody. */
function toggled(practitioners: readonly Practitioner[], who: readonly string[], id: string): string[] {
  const next = practitioners
    .map(({ memberId }) => memberId)
    .filter((one) => (one === id ? !who.includes(one) : who.includes(one)))
  return next.length > 0 ? next : [id]
}

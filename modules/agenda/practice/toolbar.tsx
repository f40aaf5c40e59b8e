import { ChevronLeft, ChevronRight, Clock, Settings2, Tags, Users } from 'lucide-react'
import type { Practitioner } from '#contract/agenda'
import { Button, buttonClass } from '#platform/ui/button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
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

/** Which days, how many of them, and whose; in two rows on a telephone. */
export function Toolbar(props: ToolbarProps) {
  const { period, view, onView, onStep, onToday, practitioners } = props
  const t = useMessages()
  return (
    <div className="flex flex-wrap items-center gap-x-1 gap-y-2">
      <IconButton icon={ChevronLeft} label={t(`agenda.previous.${view}`)} onClick={() => onStep(-1)} />
      <Button className="max-sm:order-2" onClick={onToday}>
        {t('agenda.today')}
      </Button>
      <IconButton
        icon={ChevronRight}
        label={t(`agenda.next.${view}`)}
        className="max-sm:order-1"
        onClick={() => onStep(1)}
      />
      <p
        aria-live="polite"
        className="truncate text-14 font-semibold first-letter:uppercase max-sm:flex-1 max-sm:text-center sm:ml-2"
      >
        {period}
      </p>
      <div className="flex items-center gap-2 max-sm:-order-1 max-sm:w-full sm:ml-auto">
        <Settings />
        {practitioners.length > 1 && <Who {...props} />}
        <fieldset
          aria-label={t('agenda.view')}
          className="flex rounded-control border border-line-strong max-sm:-order-1 max-sm:flex-1"
        >
          {views.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={view === one}
              onClick={() => onView(one)}
              className={cx(
                'h-control px-2.5 text-13 font-medium first:rounded-l-control last:rounded-r-control max-sm:flex-1',
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

/** When one works, and what for: set once in a while. */
function Settings() {
  const t = useMessages()
  const may = useMay()
  return (
    <Menu
      align="end"
      trigger={
        <button
          type="button"
          aria-label={t('agenda.settings.menu')}
          title={t('agenda.settings.menu')}
          className={cx(buttonClass({}), 'w-control px-0!')}
        >
          <Settings2 aria-hidden size={16} />
        </button>
      }
      items={[
        { label: t('agenda.settings.availability'), icon: Clock, to: '/agenda/availability' },
        ...(may('agenda.settings')
          ? [{ label: t('agenda.settings.acts'), icon: Tags, to: '/agenda/acts' }]
          : []),
      ]}
    />
  )
}

/** Everybody's agenda, or some people's. */
function Who({ practitioners, who, onWho }: ToolbarProps) {
  const t = useMessages()
  const names = practitioners.filter(({ memberId }) => who.includes(memberId)).map(({ name }) => name)
  const all = names.length === practitioners.length
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" className={cx(buttonClass({}), 'max-w-60')}>
          <Users aria-hidden size={16} className="-ml-0.5 shrink-0" />
          <span className="sr-only">{t('agenda.who')} </span>
          <span className="truncate max-sm:sr-only">{all ? t('agenda.who.all') : names.join(', ')}</span>
        </button>
      }
      items={[
        {
          label: t('agenda.who.all'),
          checked: all,
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
  )
}

/** In the order of the list, and never nobody. */
function toggled(practitioners: readonly Practitioner[], who: readonly string[], id: string): string[] {
  const next = practitioners
    .map(({ memberId }) => memberId)
    .filter((one) => (one === id ? !who.includes(one) : who.includes(one)))
  return next.length > 0 ? next : [id]
}

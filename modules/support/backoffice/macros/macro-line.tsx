import { MessageSquareText, type LucideIcon, Settings2, StickyNote, CircleCheck } from 'lucide-react'
import type { Macro, MacroAction } from '#contract/support'
import { useMessages } from '#platform/ui/messages.tsx'

const iconOf = (kind: MacroAction['do']): LucideIcon =>
  kind === 'reply'
    ? MessageSquareText
    : kind === 'note'
      ? StickyNote
      : kind === 'resolve'
        ? CircleCheck
        : Settings2

/** What it says first, cut where the line ends. */
export const firstWords = ({ actions }: Pick<Macro, 'actions'>): string => {
  const said =
    actions.find((action) => action.do === 'reply') ?? actions.find((action) => action.do === 'note')
  return said && 'body' in said ? said.body.replaceAll(/\s+/g, ' ').slice(0, 160) : ''
}

/** All that it does, in words: « Réponse, Priorité, Étiquettes ». */
export function MacroDoes({ actions }: Pick<Macro, 'actions'>) {
  const t = useMessages()
  return (
    <span className="flex flex-wrap gap-x-2 gap-y-0.5 text-12 text-ink-muted">
      {actions.map((action) => {
        const Icon = iconOf(action.do)
        return (
          <span key={action.do} className="inline-flex items-center gap-1">
            <Icon aria-hidden size={12} className="shrink-0" />
            {t(`support.macro.do.${action.do}`)}
          </span>
        )
      })}
    </span>
  )
}

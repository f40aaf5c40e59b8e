import { MessageSquareText, type LucideIcon, Settings2, StickyNote, CircleCheck } from 'lucide-react'
import { type Macro, type MacroAction, macroVariables } from '#contract/support'
import { type Translate, useMessages } from '#platform/ui/messages.tsx'

const iconOf = (kind: MacroAction['do']): LucideIcon =>
  kind === 'reply'
    ? MessageSquareText
    : kind === 'note'
      ? StickyNote
      : kind === 'resolve'
        ? CircleCheck
        : Settings2

/** As one reads it: without marks, a variable as what it stands for. */
export const firstWords = ({ actions }: Pick<Macro, 'actions'>, t?: Translate): string => {
  const said =
    actions.find((action) => action.do === 'reply') ?? actions.find((action) => action.do === 'note')
  return said && 'body' in said ? readable(said.body, t).replaceAll(/\s+/g, ' ').slice(0, 160) : ''
}

const known: ReadonlySet<string> = new Set(macroVariables)

/** Variables as chips a line of text can have, « ‹Prénom du client› », and no marks of Markdown. */
export function readable(text: string, t?: Translate): string {
  return text
    .replaceAll(/\{\{([^{}]*)\}\}/g, (_, inside: string) => {
      const name = inside.split('|')[0]!.trim() // `split` gives one at least
      if (name.startsWith('?')) return `‹${name.slice(1).trim()}›`
      if (!t || !known.has(name)) return '‹…›'
      return `‹${t(`support.macro.variable.${name as (typeof macroVariables)[number]}`)}›`
    })
    .replaceAll(/\*\*|__|^#+\s+|^>\s?/gm, '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
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

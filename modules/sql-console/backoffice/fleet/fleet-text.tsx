/** The text as it is typed for many practices: completed from one of them, and marked where it is refused. */
import type { EditorState } from '@codemirror/state'
import { type RefObject, useState } from 'react'
import { getSqlTarget } from '#contract/sql-console'
import { useEndpoint } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { ParameterFields } from '../editor/parameter-fields.tsx'
import { type EditorHandle, SqlEditor } from '../editor/sql-editor.tsx'
import { Standing } from '../editor/standing.tsx'
import { TextTools, useFormat } from '../editor/text-tools.tsx'
import type { useLooked } from '../editor/use-looked.ts'

export type Typed = { text: string; parameters: readonly (string | null)[] }

type FleetTextProps = {
  handle: RefObject<EditorHandle | null>
  value: Typed
  onChange: (part: Partial<Typed>) => void
  looked: ReturnType<typeof useLooked>
  /** Whose tables are proposed: all practices are made alike. */
  example: string | undefined
  onSend: () => void
}

export function FleetText({ handle, value, onChange, looked, example, onSend }: FleetTextProps) {
  const { text, parameters } = value
  const t = useMessages()
  const { language } = useFormats()
  const [states] = useState(() => new Map<string, EditorState>())
  const { checked, parameters: count, look } = looked
  const isEmpty = text.trim() === ''
  // Without it one types all the same.
  const { data: known } = useEndpoint(
    getSqlTarget,
    { params: { target: example ?? 'central' } },
    { enabled: example !== undefined, keepPrevious: true },
  )
  const format = useFormat(handle, text)
  return (
    <div className="min-w-0 overflow-hidden rounded-control border border-line-strong">
      {/* Escape closes what is proposed, and does not leave the page. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        onKeyDown={(event) => event.key === 'Escape' && event.stopPropagation()}
        className="h-[clamp(11rem,34vh,24rem)] min-h-40 resize-y overflow-hidden [&_.cm-editor]:h-full [&>div]:h-full"
      >
        <SqlEditor
          key={language}
          handle={handle}
          states={states}
          id="fleet"
          text={text}
          label={t('sql.editor.text')}
          known={known}
          check={look}
          onChange={(next) => onChange({ text: next })}
          onSelect={() => {}}
          onRun={onSend}
          onSimulate={onSend}
          onFormat={format}
          onEscape={() => false}
        />
      </div>
      <ParameterFields
        count={count}
        values={parameters}
        onChange={(values) => onChange({ parameters: values })}
      />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line bg-sunken px-2 py-1 text-12 text-ink-muted">
        <Standing checked={checked} isEmpty={isEmpty} />
        {known && <span className="min-w-0 truncate">{t('sql.fleet.completed', { name: known.name })}</span>}
        <TextTools handle={handle} isEmpty={isEmpty} tables={known?.tables} onFormat={format} />
      </div>
    </div>
  )
}

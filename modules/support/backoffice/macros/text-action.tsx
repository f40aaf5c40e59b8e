import { useRef } from 'react'
import { MarkdownField } from '#platform/ui/markdown-field.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { InsertVariable } from './insert-variable.tsx'

type TextActionProps = {
  kind: 'reply' | 'note'
  name: string
  value: string
  onChange: (body: string) => void
}

/** What is said, with variables put where the caret was. */
export function TextAction({ kind, name, value, onChange }: TextActionProps) {
  const t = useMessages()
  const box = useRef<HTMLDivElement>(null)
  /** A menu takes the focus: where one was is kept until something is put there. */
  const caret = useRef<{ start: number; end: number } | null>(null)
  const remember = () => {
    const field = box.current?.querySelector('textarea')
    if (field) caret.current = { start: field.selectionStart, end: field.selectionEnd }
  }
  const insert = (text: string) => {
    const { start, end } = caret.current ?? { start: value.length, end: value.length }
    onChange(value.slice(0, start) + text + value.slice(end))
    caret.current = { start: start + text.length, end: start + text.length }
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- it only watches the caret
    <div ref={box} onKeyUp={remember} onPointerUp={remember} className="flex flex-col gap-1">
      <MarkdownField
        label={t(`support.macro.do.${kind}`)}
        name={name}
        value={value}
        onChange={onChange}
        paper={kind === 'note'}
        offers={['bold', 'list', 'quote', 'link']}
        help={t('support.macro.text.help')}
      />
      <div className="flex justify-end">
        <InsertVariable onInsert={insert} />
      </div>
    </div>
  )
}

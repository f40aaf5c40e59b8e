/** The two sides of a change. What left bears a minus, what came a plus: the colour only helps. */
import { Minus, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '#platform/ui/cx.ts'
import { MISSING } from '#platform/ui/formats.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { type Change, type ListChange, listChange } from './changes.ts'
import { valueInWords } from './field-words.ts'
import { type Piece, textDiff } from './text-diff.ts'

type SidesProps = { change: Change; sides: 'before' | 'after' | 'both'; className: string }

/** From this length on a text is compared word by word. */
const LONG = 30

export function Sides({ change, sides, className }: SidesProps) {
  const { path, before, after, changed } = change
  const list = changed ? listChange(change) : null
  if (list && sides === 'both')
    return (
      <>
        <td className={className}>
          <Narrow side="before" />
          <Items path={path} values={list.removed} sign="minus" />
        </td>
        <td className={className}>
          <Narrow side="after" />
          <Items path={path} values={list.added} sign="plus" />
          <Kept path={path} list={list} />
        </td>
      </>
    )
  const texts = typeof before === 'string' && typeof after === 'string' && changed
  const words = texts && Math.max(before.length, after.length) >= LONG ? textDiff(before, after) : null
  return (
    <>
      {sides !== 'after' && (
        <td className={cx(className, changed && sides === 'both' && 'text-ink-muted')}>
          {sides === 'both' && <Narrow side="before" />}
          {words ? <Pieces pieces={words.before} sign="minus" /> : <Value path={path} value={before} />}
        </td>
      )}
      {sides !== 'before' && (
        <td className={cx(className, changed && sides === 'both' && 'font-medium')}>
          {sides === 'both' && <Narrow side="after" />}
          {words ? <Pieces pieces={words.after} sign="plus" /> : <Value path={path} value={after} />}
        </td>
      )}
    </>
  )
}

/** Where the two sides stand one under the other, each says which it is; the column's heading says it else. */
function Narrow({ side }: { side: 'before' | 'after' }) {
  const t = useMessages()
  return (
    <span aria-hidden className="mr-1.5 text-12 font-regular text-ink-muted sm:hidden">
      {t(`audit.entry.${side}`)}
    </span>
  )
}

type Sign = 'minus' | 'plus'
const grounds: Record<Sign, string> = {
  minus: 'bg-danger-soft text-danger-ink',
  plus: 'bg-success-soft text-success-ink',
}

function Pieces({ pieces, sign }: { pieces: readonly Piece[]; sign: Sign }) {
  const Tag = sign === 'minus' ? 'del' : 'ins'
  return (
    <span className="font-regular whitespace-pre-wrap text-ink">
      {pieces.map(({ text, changed }, index) =>
        changed ? (
          <Tag key={index} className={cx('rounded-small no-underline', grounds[sign])}>
            {text}
          </Tag>
        ) : (
          text
        ),
      )}
    </span>
  )
}

/** More than this in a list is folded. */
const FEW = 8

function Items({ path, values, sign }: { path: string; values: readonly unknown[]; sign: Sign }) {
  const t = useMessages()
  const formats = useFormats()
  if (values.length === 0) return MISSING
  const Icon = sign === 'minus' ? Minus : Plus
  const all = (
    <ul className="flex flex-col gap-1">
      {values.map((value, index) => (
        <li
          key={index}
          className={cx('flex w-fit max-w-full items-center gap-1 rounded-small px-1', grounds[sign])}
        >
          <Icon aria-hidden size={12} className="shrink-0" />
          <span className="min-w-0 break-words">{valueInWords(path, value, t, formats)}</span>
        </li>
      ))}
    </ul>
  )
  return (
    <Folded when={values.length > FEW} count={values.length}>
      {all}
    </Folded>
  )
}

function Kept({ path, list }: { path: string; list: ListChange }) {
  const t = useMessages()
  const formats = useFormats()
  if (list.same.length === 0) return null
  const said = list.same.map((one) => valueInWords(path, one, t, formats))
  return (
    <details className="mt-1 font-regular">
      <summary className="cursor-pointer rounded-small text-12 text-ink-muted">
        {t('audit.value.kept', { count: said.length, shown: formats.integer(said.length) })}
      </summary>
      <p className="mt-1">{formats.list(said)}</p>
    </details>
  )
}

function Value({ path, value }: { path: string; value: unknown }) {
  const t = useMessages()
  const formats = useFormats()
  if (!Array.isArray(value)) return <>{valueInWords(path, value, t, formats)}</>
  return (
    <Folded when={value.length > FEW} count={value.length}>
      {value.length > FEW ? (
        <pre className="mt-1 max-h-60 overflow-auto text-12 whitespace-pre-wrap">
          {value.map((one) => valueInWords(path, one, t, formats)).join('\n')}
        </pre>
      ) : (
        valueInWords(path, value, t, formats)
      )}
    </Folded>
  )
}

function Folded({ when, count, children }: { when: boolean; count: number; children: ReactNode }) {
  const t = useMessages()
  const formats = useFormats()
  if (!when) return <>{children}</>
  return (
    <details>
      <summary className="cursor-pointer rounded-small">
        {t('audit.value.many', { count, shown: formats.integer(count) })}
      </summary>
      {children}
    </details>
  )
}

/** What is sold, line by line: typed like a table, by keyboard from end to end. */
import { ArrowDown, ArrowUp, CopyPlus, Plus, Trash2 } from 'lucide-react'
import { useCallback, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { cx } from '#platform/ui/cx.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useRowMenu } from '#platform/ui/row-menu.tsx'
import { notify } from '#platform/ui/toast.tsx'
import type { CellName } from './cell.tsx'
import type { Edit } from './editing.ts'
import { type EditedLine, isBlank, newKey } from './edited-lines.ts'
import { onLineKey } from './line-keys.ts'
import { type CellProblems, lineGrid, LineRow } from './line-row.tsx'
import { LinesInSight, manyLines } from './lines-in-sight.tsx'

type LinesTableProps = {
  lines: readonly EditedLine[]
  /** Of each line that counts, by its key. */
  exclCents: ReadonlyMap<string, number>
  problems: ReadonlyMap<string, CellProblems>
  act: (edit: Edit) => void
  /** A field somebody wants to mend: it is brought into sight and focused. */
  wanted: { key: string; cell: CellName } | null
  onReached: () => void
}

type Dragging = { key: string; over: string | null; below: boolean }

export function LinesTable({ lines, exclCents, problems, act, wanted, onReached }: LinesTableProps) {
  const t = useMessages()
  const list = useRef<HTMLOListElement>(null)
  /** Where the focus goes once what was just done is drawn. */
  const next = useRef<{ index: number; cell: CellName } | null>(null)
  const bring = useRef<((index: number) => void) | null>(null)
  const [held, setHeld] = useState<string | null>(null)
  const [dragging, setDragging] = useState<Dragging | null>(null)
  const { openUnder, menu } = useRowMenu()

  const placeOf = (key: string) => lines.findIndex((line) => line.key === key)
  const focus = (index: number, cell: CellName, tries = 60) => {
    const field = list.current?.querySelector<HTMLElement>(`[data-index="${index}"] [data-cell=${cell}]`)
    if (!field) {
      // Out of sight of a long document: it is there once it was brought, on a slow machine after a second or two.
      bring.current?.(index)
      if (tries > 0) setTimeout(() => focus(index, cell, tries - 1), 50)
      return
    }
    field.scrollIntoView({ block: 'nearest' })
    field.focus()
    if (field instanceof HTMLInputElement) field.select()
  }
  const land = useEffectEvent(() => {
    if (!next.current) return
    const { index, cell } = next.current
    next.current = null
    focus(index, cell)
  })
  useLayoutEffect(() => land(), [lines])
  // Whoever opened an empty document is about to type its first line.
  const begin = useEffectEvent(() => {
    const [first] = lines
    if (first && lines.length === 1 && isBlank(first)) focus(0, 'description')
  })
  useEffect(() => begin(), [])
  const reach = useEffectEvent(({ key, cell }: { key: string; cell: CellName }) => {
    focus(placeOf(key), cell)
    onReached()
  })
  useEffect(() => {
    if (wanted) reach(wanted)
  }, [wanted])

  const addAfter = (key: string) => {
    next.current = { index: placeOf(key) + 1, cell: 'description' }
    act({ do: 'add', after: key })
  }
  const move = (key: string, by: 1 | -1, cell: CellName) => {
    const to = placeOf(key) + by
    if (to < 0 || to >= lines.length) return
    next.current = { index: to, cell }
    act({ do: 'move', key, by })
  }
  const remove = (key: string) => {
    const at = placeOf(key)
    const line = lines[at]
    if (!line) return
    next.current = { index: Math.max(0, Math.min(at, lines.length - 2)), cell: 'description' }
    act({ do: 'remove', key })
    notify.done({
      title: t('billing.editor.line.removed'),
      undo: () => act({ do: 'insert', at, lines: [line] }),
    })
  }
  const openMenu = (button: HTMLElement, key: string) => {
    const at = placeOf(key)
    const line = lines[at]
    if (!line) return
    openUnder(button, [
      {
        label: t('billing.editor.line.up'),
        icon: ArrowUp,
        shortcut: 'alt+up',
        disabled: at === 0,
        onSelect: () => move(key, -1, 'description'),
      },
      {
        label: t('billing.editor.line.down'),
        icon: ArrowDown,
        shortcut: 'alt+down',
        disabled: at === lines.length - 1,
        onSelect: () => move(key, 1, 'description'),
      },
      {
        label: t('billing.editor.line.below'),
        icon: Plus,
        onSelect: () => addAfter(key),
      },
      {
        label: t('billing.editor.line.copy'),
        icon: CopyPlus,
        onSelect: () => act({ do: 'insert', at: at + 1, lines: [{ ...line, key: newKey() }] }),
      },
      {
        group: ' ',
        label: t('billing.editor.line.remove'),
        icon: Trash2,
        danger: true,
        onSelect: () => remove(key),
      },
    ])
  }
  const more = (key: string) => {
    const button = list.current?.querySelector<HTMLElement>(
      `[data-line="${CSS.escape(key)}"] [aria-haspopup=menu]`,
    )
    if (button) openMenu(button, key)
  }
  const latest = useRef(openMenu)
  useLayoutEffect(() => {
    latest.current = openMenu
  })
  // The same for all rows and all times: a row is drawn again only where it changed.
  const onMenu = useCallback((button: HTMLElement, key: string) => latest.current(button, key), [])
  const onDrag = useCallback(
    (key: string | null) => setDragging(key === null ? null : { key, over: null, below: false }),
    [],
  )
  const onDragOver = useCallback(
    (over: string, below: boolean) =>
      setDragging((now) =>
        now && (now.over !== over || now.below !== below) ? { ...now, over, below } : now,
      ),
    [],
  )
  const drop = () => {
    if (dragging?.over && dragging.over !== dragging.key) {
      const from = placeOf(dragging.key)
      const over = placeOf(dragging.over) + (dragging.below ? 1 : 0)
      act({ do: 'place', key: dragging.key, to: over > from ? over - 1 : over })
    }
    setDragging(null)
  }

  const lineAt = (index: number, measured?: (element: HTMLElement | null) => void) => {
    const line = lines[index]
    return (
      line && (
        <LineRow
          key={line.key}
          line={line}
          index={index}
          exclCents={exclCents.get(line.key) ?? null}
          problems={problems.get(line.key)}
          drop={
            dragging?.over === line.key && dragging.key !== line.key
              ? dragging.below
                ? 'below'
                : 'above'
              : undefined
          }
          measured={measured}
          act={act}
          onMenu={onMenu}
          onDrag={onDrag}
          onDragOver={onDragOver}
        />
      )
    )
  }

  const heads = [
    ['billing.line.description', 'text-left pl-2'],
    ['billing.line.quantity', 'text-right pr-2'],
    ['billing.editor.unit', 'text-left pl-1'],
    ['billing.editor.price', 'text-right pr-2'],
    ['billing.editor.discount', 'text-right pr-2'],
    ['billing.line.vat', 'text-left pl-1'],
    ['billing.line.total', 'text-right pr-2'],
  ] as const
  return (
    <Card title={t('billing.lines')} flush>
      <div
        aria-hidden
        className={cx('hidden px-2 py-1.5 text-12 font-medium text-ink-muted md:grid', lineGrid)}
      >
        <span />
        {heads.map(([key, side]) => (
          <span key={key} className={cx('truncate', side)}>
            {t(key)}
          </span>
        ))}
        <span />
      </div>
      {/* Keys typed in any field bubble up to the list. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ol
        ref={list}
        aria-label={t('billing.lines')}
        onKeyDown={(event) => onLineKey(event, { lines, focus, addAfter, move, remove, more })}
        onFocus={({ target }) => setHeld(target.closest<HTMLElement>('[data-line]')?.dataset['line'] ?? null)}
        onDrop={(event) => {
          event.preventDefault()
          drop()
        }}
      >
        {lines.length > manyLines ? (
          <LinesInSight
            list={list}
            bring={bring}
            count={lines.length}
            held={held === null ? null : placeOf(held)}
            lineAt={lineAt}
          />
        ) : (
          lines.map((_, index) => lineAt(index))
        )}
      </ol>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line px-3 py-2">
        <Button
          variant="ghost"
          size="small"
          icon={Plus}
          disabled={lines.length >= 1_000}
          onClick={() => addAfter(lines.at(-1)?.key ?? '')}
        >
          {t('billing.editor.line.add')}
        </Button>
        <p className="text-12 text-ink-muted max-md:hidden">{t('billing.editor.keys')}</p>
      </div>
      {menu}
    </Card>
  )
}

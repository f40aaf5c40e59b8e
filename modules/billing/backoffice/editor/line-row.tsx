import { Ellipsis, GripVertical } from 'lucide-react'
import { type ClipboardEvent, type DragEvent, memo, useId } from 'react'
import { lineUnits } from '#contract/billing'
import { cx } from '#platform/ui/cx.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { type MessageKey, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { CellInput, type CellName, cellClass, CellSelect, Labelled } from './cell.tsx'
import type { Edit } from './editing.ts'
import type { EditedLine } from './edited-lines.ts'
import { linesIn } from './pasted-lines.ts'
import { tidied } from './typed.ts'
import { vatChoices, vatOf, vatWords } from './vat-choices.ts'

/** The columns from a screen wide enough on; below, each line is a card. */
export const lineGrid = 'md:grid-cols-[20px_minmax(0,1fr)_64px_84px_100px_76px_136px_100px_32px] md:gap-x-1'

/** What is wrong with a field of the line, in words. */
export type CellProblems = Partial<Record<CellName, string>>

export type LineRowProps = {
  line: EditedLine
  index: number
  exclCents: number | null
  problems: CellProblems | undefined
  /** Where what is dragged would come to stand. */
  drop: 'above' | 'below' | undefined
  /** Tells how high it is, among many. */
  measured?: ((element: HTMLElement | null) => void) | undefined
  act: (edit: Edit) => void
  onMenu: (button: HTMLElement, key: string) => void
  onDrag: (key: string | null) => void
  onDragOver: (key: string, below: boolean) => void
}

export const LineRow = memo(function LineRow(props: LineRowProps) {
  const { line, index, exclCents, problems = {}, drop, act } = props
  const t = useMessages()
  const formats = useFormats()
  const said = useId()
  const sentences = [...new Set(Object.values(problems))]
  const named = (key: MessageKey) => t('billing.editor.cell', { field: t(key), line: index + 1 })
  const field = (cell: CellName, key: MessageKey) => ({
    cell,
    name: named(key),
    value: line[cell],
    problem: problems[cell],
    describedBy: problems[cell] === undefined ? undefined : said,
    onChange: (value: string) => act({ do: 'line', key: line.key, part: { [cell]: value } }),
  })
  const unitWords = (unit: string) => {
    const known = lineUnits.find((one) => one === unit)
    return known ? t(`billing.editor.unit.${known}`) : unit
  }
  const tidy = tidied(formats.language)
  const paste = (event: ClipboardEvent) => {
    const lines = linesIn(event.clipboardData.getData('text/plain'), line)
    if (!lines) return
    event.preventDefault()
    act({ do: 'paste', key: line.key, lines })
  }
  return (
    // Only what is dragged with the mouse is heard here.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      ref={props.measured}
      data-line={line.key}
      data-index={index}
      onDragOver={(event: DragEvent<HTMLLIElement>) => {
        event.preventDefault()
        const { top, height } = event.currentTarget.getBoundingClientRect()
        props.onDragOver(line.key, event.clientY > top + height / 2)
      }}
      className={cx(
        'group relative grid grid-cols-6 gap-2 border-t border-line px-4 py-2 md:items-start md:px-2 md:py-1',
        lineGrid,
        drop === 'above' && 'before:absolute before:inset-x-0 before:-top-px before:h-0.5 before:bg-accent',
        drop === 'below' && 'after:absolute after:inset-x-0 after:-bottom-px after:h-0.5 after:bg-accent',
      )}
    >
      <span
        // By keyboard lines move with Alt and the arrows, by touch from the menu.
        aria-hidden
        draggable
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move'
          props.onDrag(line.key)
        }}
        onDragEnd={() => props.onDrag(null)}
        className="flex h-8 cursor-grab items-center text-ink-faint opacity-0 group-hover:opacity-100 max-md:hidden"
      >
        <GripVertical size={14} />
      </span>
      <Labelled label={t('billing.line.description')} className="max-md:col-span-5">
        <textarea
          data-cell="description"
          aria-label={named('billing.line.description')}
          title={problems.description}
          aria-invalid={problems.description !== undefined}
          aria-describedby={problems.description === undefined ? undefined : said}
          rows={1}
          maxLength={1000}
          value={line.description}
          onPaste={paste}
          onChange={(event) => field('description', 'billing.line.description').onChange(event.target.value)}
          className={cx(cellClass, 'block min-h-8 resize-none py-1.5 leading-5 [field-sizing:content]')}
        />
      </Labelled>
      <Labelled label={t('billing.line.quantity')} className="max-md:order-1 max-md:col-span-2">
        <CellInput
          {...field('quantity', 'billing.line.quantity')}
          inputMode="decimal"
          maxLength={14}
          tidy={tidy.quantity}
        />
      </Labelled>
      <Labelled label={t('billing.editor.unit')} className="max-md:order-1 max-md:col-span-2">
        <CellSelect
          {...field('unit', 'billing.editor.unit')}
          shown={unitWords(line.unit)}
          choices={() => lineUnits.map((unit) => ({ value: unit, label: unitWords(unit) }))}
        />
      </Labelled>
      <Labelled label={t('billing.line.unit-price')} className="max-md:order-1 max-md:col-span-2">
        <CellInput
          {...field('price', 'billing.line.unit-price')}
          inputMode="decimal"
          maxLength={18}
          tidy={tidy.price}
          placeholder={t('billing.editor.price.placeholder')}
        />
      </Labelled>
      <Labelled label={t('billing.editor.discount')} className="max-md:order-1 max-md:col-span-2">
        <CellInput {...field('discount', 'billing.editor.discount')} maxLength={14} tidy={tidy.discount} />
      </Labelled>
      <Labelled label={t('billing.line.vat')} className="max-md:order-1 max-md:col-span-2">
        <CellSelect
          {...field('vat', 'billing.line.vat')}
          shown={vatWords(vatOf(line.vat), t, formats)}
          choices={() =>
            vatChoices.map((choice) => ({
              value: choice.key,
              label: vatWords(choice, t, formats),
              group: t(`billing.editor.vat.group.${choice.group}`),
            }))
          }
        />
      </Labelled>
      <Labelled label={t('billing.line.total')} className="max-md:order-1 max-md:col-span-2">
        <span className="flex h-8 items-center justify-end px-2 text-13 font-medium touch:h-10">
          {exclCents === null ? null : <Money cents={exclCents} />}
        </span>
      </Labelled>
      <span className="flex h-8 items-center justify-end max-md:mt-4.5">
        <IconButton
          icon={Ellipsis}
          size="small"
          label={t('billing.editor.line.menu', { line: index + 1 })}
          aria-haspopup="menu"
          // From cell to cell, line to line; Shift+F10 opens it in any of them.
          tabIndex={-1}
          onClick={(event) => props.onMenu(event.currentTarget, line.key)}
        />
      </span>
      {sentences.length > 0 && (
        <p id={said} className="col-span-full text-12 text-danger-ink max-md:order-2 md:px-7 md:pb-1">
          {sentences.join(' ')}
        </p>
      )}
    </li>
  )
}, same)

/** Each time anything is typed all lines are asked: what is wrong with one comes as a new object with the same words. */
function same(before: LineRowProps, after: LineRowProps): boolean {
  return (
    before.line === after.line &&
    before.index === after.index &&
    before.exclCents === after.exclCents &&
    before.drop === after.drop &&
    before.act === after.act &&
    JSON.stringify(before.problems) === JSON.stringify(after.problems)
  )
}

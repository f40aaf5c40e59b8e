/** One field of a line: bare like a cell of a table, with its label above on a narrow screen. */
import { type ComponentProps, type ReactNode, useState } from 'react'
import { cx } from '#platform/ui/cx.ts'
import type { LineText } from './edited-lines.ts'

export type CellName = keyof LineText

export const cellClass = cx(
  'w-full min-w-0 rounded-control border border-transparent bg-transparent px-2 text-13 text-ink',
  'max-md:border-control max-md:bg-surface',
  'hover:border-line-strong focus:border-transparent focus:bg-surface focus:outline-2 focus:-outline-offset-1 focus:outline-accent',
  'aria-invalid:border-danger aria-invalid:focus:outline-danger',
)
export const cellHeight = 'h-8 touch:h-10'

type LabelledProps = { label: string; className?: string; children: ReactNode }

/** The label is for the eye, where no head of a column says it; the field has a name of its own. */
export function Labelled({ label, className, children }: LabelledProps) {
  return (
    <div className={cx('min-w-0', className)}>
      <span aria-hidden className="mb-0.5 block px-0.5 text-12 text-ink-muted md:hidden">
        {label}
      </span>
      {children}
    </div>
  )
}

type FieldProps = {
  /** Of the element that says what is wrong. */
  describedBy: string | undefined
  cell: CellName
  /** « Quantité, ligne 2 ». */
  name: string
  value: string
  problem: string | undefined
  onChange: (value: string) => void
}

type CellInputProps = FieldProps & Pick<ComponentProps<'input'>, 'inputMode' | 'placeholder' | 'maxLength'>

/** Left, what can be read stands as every other: « 12.5 » becomes « 12,50 ». */
type Tidy = { tidy?: (value: string) => string }

export function CellInput({
  cell,
  name,
  value,
  problem,
  describedBy,
  onChange,
  tidy,
  ...rest
}: CellInputProps & Tidy) {
  return (
    <input
      data-cell={cell}
      aria-label={name}
      title={problem}
      aria-invalid={problem !== undefined}
      aria-describedby={describedBy}
      value={value}
      autoComplete="off"
      onBlur={() => {
        const tidied = tidy?.(value) ?? value
        if (tidied !== value) onChange(tidied)
      }}
      onChange={(event) => onChange(event.target.value)}
      className={cx(cellClass, cellHeight, 'text-right tabular-nums')}
      {...rest}
    />
  )
}

type Choice = { value: string; label: string; group?: string | undefined }
type CellSelectProps = FieldProps & {
  /** What stands there now, in words. */
  shown: string
  choices: () => readonly Choice[]
}

/** Its choices come with the pointer or the focus: a thousand lines of them would weigh more than all the rest. */
export function CellSelect({
  cell,
  name,
  value,
  shown,
  problem,
  describedBy,
  choices,
  onChange,
}: CellSelectProps) {
  const [near, setNear] = useState(false)
  const all = near ? choices() : []
  const come = () => setNear(true)
  return (
    <select
      data-cell={cell}
      aria-label={name}
      title={problem}
      aria-invalid={problem !== undefined}
      aria-describedby={describedBy}
      value={value}
      onPointerEnter={come}
      onPointerDown={come}
      onFocus={come}
      onChange={(event) => onChange(event.target.value)}
      className={cx(cellClass, cellHeight, 'pr-0 pl-1')}
    >
      {!all.some((one) => one.value === value) && <option value={value}>{shown}</option>}
      {groupsOf(all).map(([group, members]) =>
        group === undefined ? (
          members.map(optionOf)
        ) : (
          <optgroup key={group} label={group}>
            {members.map(optionOf)}
          </optgroup>
        ),
      )}
    </select>
  )
}

const optionOf = ({ value, label }: Choice) => (
  <option key={value} value={value}>
    {label}
  </option>
)

function groupsOf(choices: readonly Choice[]): [string | undefined, Choice[]][] {
  return [...Map.groupBy(choices, ({ group }) => group)]
}

import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { type ButtonLook, buttonClass } from './button.tsx'
import { cx } from './cx.ts'
import { Tooltip } from './tooltip.tsx'

type IconButtonProps = Omit<ComponentProps<'button'>, 'children'> &
  ButtonLook & {
    icon: LucideIcon
    /** Said by screen readers and shown in the tooltip. */
    label: string
    shortcut?: string | undefined
  }

/** A button that is only an icon: for rows of known actions. */
export function IconButton({
  icon: Icon,
  label,
  shortcut,
  variant = 'ghost',
  size = 'normal',
  className,
  ...rest
}: IconButtonProps) {
  const square = size === 'small' ? 'w-control-small px-0!' : 'w-control px-0!'
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <button
        type="button"
        aria-label={label}
        className={cx(buttonClass({ variant, size }), square, className)}
        {...rest}
      >
        <Icon aria-hidden size={16} />
      </button>
    </Tooltip>
  )
}

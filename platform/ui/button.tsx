import { LoaderCircle, type LucideIcon } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'

export type ButtonLook = {
  variant?: 'primary' | 'secondary' | 'ghost' | 'danger' | undefined
  size?: 'normal' | 'small' | undefined
}

const variants = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover border-transparent',
  secondary: 'bg-surface text-ink border-line-strong hover:bg-hover active:bg-pressed',
  ghost: 'bg-transparent text-ink border-transparent hover:bg-hover active:bg-pressed',
  danger: 'bg-danger text-on-danger border-transparent hover:bg-danger-hover',
}
const sizes = {
  normal: 'h-control px-3 gap-2',
  small: 'h-control-small px-2 gap-1.5',
}

/** The classes of a button, for what is a button to the eye and a link to the browser. */
export function buttonClass({ variant = 'secondary', size = 'normal' }: ButtonLook): string {
  return cx(
    'inline-flex shrink-0 items-center justify-center rounded-control border text-13 font-medium',
    'whitespace-nowrap select-none transition-colors',
    'disabled:opacity-50 aria-disabled:cursor-default data-popup-open:bg-hover',
    variants[variant],
    sizes[size],
  )
}

type ButtonProps = ComponentProps<'button'> &
  ButtonLook & {
    icon?: LucideIcon | undefined
    /** Shows that the act is under way; further clicks do nothing, and the focus stays. */
    loading?: boolean | undefined
    children: ReactNode
  }

export function Button({
  variant,
  size,
  icon: Icon,
  loading = false,
  className,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  const Shown = loading ? LoaderCircle : Icon
  return (
    <button
      type="button"
      aria-busy={loading || undefined}
      aria-disabled={loading || undefined}
      onClick={loading ? (event) => event.preventDefault() : onClick}
      className={cx(buttonClass({ variant, size }), className)}
      {...rest}
    >
      {Shown && <Shown aria-hidden size={16} className={cx('-ml-0.5 shrink-0', loading && 'animate-spin')} />}
      {children}
    </button>
  )
}

/**
 * Links by address (`/clients?status=prospect`), since a module does not know the app's routes. Not the router's own, which
 * works out its address from the routes at each drawing: a page holds fifty, and a telephone was deaf for as long.
 */
import { useLocation, useParams, useRouter } from '@tanstack/react-router'
import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import { type ButtonLook, buttonClass } from './button.tsx'
import { cx } from './cx.ts'
import type { LucideIcon } from 'lucide-react'
import { parseSearch } from './url-state.ts'

type LinkProps = Pick<
  ComponentProps<'a'>,
  'children' | 'className' | 'id' | 'tabIndex' | 'onClick' | 'title' | 'aria-label' | 'aria-current'
> & { to: string }

/** An unstyled link inside the app: loads its page's code when hovered, focused or touched. */
export function Link({ to, onClick, children, ...rest }: LinkProps) {
  const router = useRouter()
  // Only a link to this very address is current by itself: the list is not "all clients" once it is filtered.
  const current = useLocation({ select: ({ pathname, searchStr }) => pathname + searchStr === to })
  const near = () => {
    const { pathname, search } = new URL(to, location.origin)
    // What does not come is said when one goes there.
    void router.preloadRoute({ to: pathname, search: parseSearch(search) }).catch(() => undefined)
  }
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    if (event.defaultPrevented || isForTheBrowser(event)) return
    event.preventDefault()
    if (current) router.history.replace(to)
    else router.history.push(to)
  }
  return (
    <a
      href={to}
      onPointerEnter={near}
      onFocus={near}
      {...(current && { 'aria-current': 'page' as const })}
      {...rest}
      onClick={follow}
    >
      {children}
    </a>
  )
}

/** In a new tab or window, or saved. */
const isForTheBrowser = ({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent) =>
  button !== 0 || metaKey || ctrlKey || shiftKey || altKey

/** A link within text. */
export function TextLink({ className, ...rest }: LinkProps) {
  return (
    <Link
      className={cx(
        'rounded-small text-accent-ink underline decoration-line-strong underline-offset-3 hover:decoration-current',
        className,
      )}
      {...rest}
    />
  )
}

type ButtonLinkProps = LinkProps & ButtonLook & { icon?: LucideIcon | undefined; children: ReactNode }

/** A place to go that looks like an act. */
export function ButtonLink({ variant, size, icon: Icon, className, children, ...rest }: ButtonLinkProps) {
  return (
    <Link className={cx(buttonClass({ variant, size }), className)} {...rest}>
      {Icon && <Icon aria-hidden size={16} className="-ml-0.5 shrink-0" />}
      {children}
    </Link>
  )
}

/** `const go = useGo()`, then `go('/clients?status=prospect')`. */
export function useGo(): (to: string, options?: { replace?: boolean }) => void {
  const router = useRouter()
  return (to, options) => (options?.replace ? router.history.replace(to) : router.history.push(to))
}

/** A part of the page's path: `usePathParam('id')` on `/clients/$id`. */
export function usePathParam(name: string): string {
  const params: Record<string, string | undefined> = useParams({ strict: false })
  const value = params[name]
  if (value === undefined) throw new Error(`The path of this page has no $${name}`)
  return value
}

import { type ComponentType, type ReactNode, use } from 'react'

/** The code of a page did not come: the server was not reached, or a new release has replaced it. */
export class PageLoadError extends Error {
  /** Lets the next drawing of the page try again. */
  readonly forget: () => void

  constructor(cause: unknown, forget: () => void) {
    super('The code of this page could not be loaded', { cause })
    this.name = 'PageLoadError'
    this.forget = forget
  }
}

type PageComponent = (() => ReactNode) & { preload: () => Promise<void> }

/**
 * A page whose code comes when one goes there. Unlike the router's own, a failure never reloads the
 * window: with the server out of reach that would put the browser's error page in place of ours.
 */
export function pageComponent(load: () => Promise<ComponentType>): PageComponent {
  let Loaded: ComponentType | undefined
  let loading: Promise<void> | undefined
  let failure: PageLoadError | undefined
  const forget = () => {
    failure = undefined
  }
  const preload = () =>
    (loading ??= load().then(
      (component) => {
        Loaded = component
      },
      (reason: unknown) => {
        loading = undefined
        failure = new PageLoadError(reason, forget)
      },
    ))
  function Page() {
    if (failure) throw failure
    if (!Loaded) use(preload())
    return Loaded && <Loaded />
  }
  return Object.assign(Page, { preload })
}

import type { QueryClient } from '@tanstack/react-query'
import { type AnyRoute, createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router'
import { Crashed, NotFound } from '#platform/ui/error-pages.tsx'
import type { Page } from '#platform/ui/manifest.ts'
import { pageComponent } from '#platform/ui/page-component.tsx'
import { PageSkeleton } from '#platform/ui/page-skeleton.tsx'
import { parseSearch, stringifySearch } from '#platform/ui/url-state.ts'
import { pages } from './manifests.ts'
import { Landing } from './shell/landing.tsx'
import { SignedIn } from './shell/signed-in.tsx'

declare module '@tanstack/react-router' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface StaticDataRouteOption {
    page?: Page
  }
}

/** Every page of every module, within the shell or bare as it asks. */
export function makeRouter(queries: QueryClient) {
  const root = createRootRoute({ component: Outlet })
  const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: SignedIn })
  const routeOf = (page: Page) =>
    createRoute({
      getParentRoute: () => (page.frame === 'bare' ? root : shell) as AnyRoute, // chosen at run time
      path: page.path,
      component: pageComponent(page.load),
      staticData: { page },
    }) as AnyRoute // the path is known at run time only
  const landing = createRoute({ getParentRoute: () => shell, path: '/', component: Landing })
  // Any other address: the shell says that there is no such page.
  const nowhere = createRoute({ getParentRoute: () => shell, path: '$', component: NotFound })

  const all = import.meta.env.DEV ? [...pages, gallery] : pages
  return createRouter({
    routeTree: root.addChildren([
      shell.addChildren([landing, nowhere, ...all.filter((page) => page.frame !== 'bare').map(routeOf)]),
      ...all.filter((page) => page.frame === 'bare').map(routeOf),
    ]),
    context: { queries },
    parseSearch,
    stringifySearch,
    scrollRestoration: true,
    defaultPreload: 'intent',
    defaultPendingMs: 150,
    defaultPendingMinMs: 0,
    defaultPendingComponent: PageSkeleton,
    defaultErrorComponent: Crashed,
    defaultNotFoundComponent: NotFound,
  })
}

/** Every component in its states, to look at while building; not part of what is shipped. */
const gallery: Page = {
  path: '/_gallery',
  title: 'ui.product',
  frame: 'bare',
  load: () => import('./gallery/gallery.tsx').then((m) => m.Gallery),
}

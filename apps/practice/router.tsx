import type { QueryClient } from '@tanstack/react-query'
import { type AnyRoute, createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router'
import { UnlessOver } from '#practice/impersonation'
import { Crashed, NotFound } from '#platform/ui/error-pages.tsx'
import type { Page } from '#platform/ui/manifest.ts'
import { pageComponent } from '#platform/ui/page-component.tsx'
import { PageSkeleton } from '#platform/ui/page-skeleton.tsx'
import { parseSearch, stringifySearch } from '#platform/ui/url-state.ts'
import { pages } from './manifests.ts'
import { SignedIn } from './shell/signed-in.tsx'

declare module '@tanstack/react-router' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface StaticDataRouteOption {
    page?: Page
  }
}

function Root() {
  return (
    <UnlessOver>
      <Outlet />
    </UnlessOver>
  )
}

/** Every page of every module, within the shell or bare as it asks. */
export function makeRouter(queries: QueryClient) {
  const root = createRootRoute({ component: Root })
  const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: SignedIn })
  const routeOf = (page: Page) =>
    createRoute({
      getParentRoute: () => (page.frame === 'bare' ? root : shell) as AnyRoute, // chosen at run time
      path: page.path,
      component: pageComponent(page.load),
      staticData: { page },
    }) as AnyRoute // the path is known at run time only
  // Any other address: the shell says that there is no such page.
  const nowhere = createRoute({ getParentRoute: () => shell, path: '$', component: NotFound })
  return createRouter({
    routeTree: root.addChildren([
      shell.addChildren([nowhere, ...pages.filter((page) => page.frame !== 'bare').map(routeOf)]),
      ...pages.filter((page) => page.frame === 'bare').map(routeOf),
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

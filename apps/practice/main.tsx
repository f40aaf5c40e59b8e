import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { startTransition, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { getPractice } from '#contract/cabinet'
import { getMemberSession } from '#contract/identity'
import { showOver, wasImpersonating } from '#practice/impersonation'
import { answerTo, askAhead, makeQueryClient, question } from '#platform/ui/data.ts'
import { noteSessionEnded } from '#platform/ui/ended-session.ts'
import { MessagesProvider } from '#platform/ui/messages.tsx'
import { PageTitleProvider } from '#platform/ui/page-title.tsx'
import { preferences } from '#platform/ui/preferences.ts'
import { UiProvider } from '#platform/ui/provider.tsx'
import { signInAddress } from '#platform/ui/sign-in-address.ts'
import '#platform/ui/styles.css'
import { cards } from './manifests.ts'
import { makeRouter } from './router.tsx'
import { catalogues } from './words.ts'

const { language } = preferences()
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

const queries = makeQueryClient((how) => {
  // Nobody signs in there: what is over is said to be over, whatever ended it.
  if (how === 'impersonation_over' || wasImpersonating()) {
    showOver()
    queries.clear()
    return
  }
  const to = signInAddress(location)
  if (!to) return
  noteSessionEnded()
  queries.clear()
  router.history.push(to)
})
const router = makeRouter(queries)

// Far from the server each question takes its time: the words, the page's code and who is there are asked for at once,
// and not one after the other.
void askFirst()
const words = catalogues[language]()
void router.load()
const first = { language, catalogue: await words }

// In slices, so that a telephone answers meanwhile; what index.html holds stays until then.
startTransition(() =>
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <MessagesProvider catalogues={catalogues} first={first}>
          <PageTitleProvider>
            <UiProvider>
              <RouterProvider router={router} />
            </UiProvider>
          </PageTitleProvider>
        </MessagesProvider>
      </QueryClientProvider>
    </StrictMode>,
  ),
)

/** Who is there, and as soon as that is known whatever the page and its header will ask, if they may. */
async function askFirst(): Promise<void> {
  const match = router.matchRoutes(router.latestLocation).at(-1)
  const page = match?.staticData.page
  if (page?.frame === 'bare') return
  await askAhead(queries, question(getMemberSession, {}))
  const me = answerTo(queries, getMemberSession)
  if (!me || (page?.needs && !me.permissions.includes(page.needs))) return
  const params = match?.params as Record<string, string> // by the path alone
  const ofCards = (page?.cards ?? [])
    .flatMap((of) => cards[of] ?? [])
    .filter(({ needs }) => needs === undefined || me.permissions.includes(needs))
    .flatMap(({ asks }) => asks?.(params['id'] ?? me.memberId) ?? [])
  for (const one of [question(getPractice, {}), ...(page?.asks?.(params) ?? []), ...ofCards])
    void askAhead(queries, one)
}

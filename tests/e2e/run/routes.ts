/** The pages of a web app, asked of the router that runs in the browser, with an example for each part of a path. */
import { randomUUID } from 'node:crypto'
import { expect, type APIResponse, type Page } from '@playwright/test'
import { listInvoices, openCardCheckout } from '#contract/billing'
import { stepUp } from '#contract/identity'
import {
  askSqlExecution,
  getSqlFleet,
  listSqlFleets,
  listSqlRequests,
  readSqlFleet,
  simulateSql,
} from '#contract/sql-console'
import { addressOf } from '#platform/contract/endpoint.ts'
import { demonstrationAccount } from '../../harness/accounts.ts'

/** `path` as the router knows it (`/clients/$id`), `address` as one types it. */
export type Route = { path: string; address: string; frame: 'shell' | 'bare' }

type RunningRouter = {
  routesById: Record<
    string,
    {
      fullPath: string
      children?: unknown
      options: { staticData?: { page?: { frame?: 'bare' | 'shell' } } }
    }
  >
}

/** @param page signed in, since examples are looked up as that person */
export async function routesOf(page: Page): Promise<Route[]> {
  const found = await page.evaluate(() => {
    // The router leaves itself here for its devtools.
    const { routesById } = (self as unknown as { __TSR_ROUTER__: RunningRouter }).__TSR_ROUTER__
    return Object.values(routesById)
      .filter((route) => !route.children)
      .map((route) => ({
        path: route.fullPath,
        frame: route.options.staticData?.page?.frame ?? ('shell' as const),
      }))
  })
  const routes: Route[] = []
  for (const { path, frame } of found) {
    routes.push({ path, frame, address: await exampleOf(page, path) })
  }
  return routes
}

/** Where a list is called otherwise than its page: a practice asks for help, and what it asked are tickets. */
const lists: Readonly<Record<string, string>> = { '/help': '/tickets?state=all' }

/** What nobody lists; opened again it is the same one. */
const opened: Readonly<Record<string, (page: Page) => Promise<string>>> = {
  '/card-sandbox': async (page) => {
    const late = await page.request.get(`${addressOf(listInvoices)}?state=overdue&limit=1`)
    const { rows } = (await late.json()) as { rows: { id: string }[] } // its contract
    const response = await page.request.post(addressOf(openCardCheckout, { id: rows[0]?.id ?? '' }))
    expect(response.status(), await response.text()).toBe(201)
    return ((await response.json()) as { id: string }).id // its contract
  },
  '/sql/requests': async (page) => {
    const list = await page.request.get(`${addressOf(listSqlRequests)}?limit=1`)
    const { rows } = (await list.json()) as { rows: { id: string }[] } // its contract
    return rows[0]?.id ?? askedExecution(page)
  },
  '/sql/fleets': async (page) => {
    const list = await page.request.get(`${addressOf(listSqlFleets)}?limit=1`)
    const { rows } = (await list.json()) as { rows: { id: string }[] } // its contract
    return rows[0]?.id ?? sentToAll(page)
  },
}

/** What no demonstration holds either: something read in every practice, once it is through with them. */
async function sentToAll(page: Page): Promise<string> {
  const data = { id: randomUUID(), practices: {}, text: 'SELECT count(*) FROM appointments' }
  const id = await answerOf(await page.request.post(addressOf(readSqlFleet), { data }))
  await expect
    .poll(async () => {
      const fleet = await page.request.get(addressOf(getSqlFleet, { id }))
      return ((await fleet.json()) as { state: string }).state // its contract
    })
    .toBe('done')
  return id
}

/** What no demonstration holds: somebody asks that a harmless text be executed. */
async function askedExecution(page: Page): Promise<string> {
  const id = randomUUID()
  const data = { id, target: 'central', text: `INSERT INTO support_tags (name) VALUES ('à montrer')` }
  await answerOf(await page.request.post(addressOf(simulateSql), { data }))
  const { code } = await demonstrationAccount(page.request, 'super_administrator')
  await answerOf(await page.request.post(addressOf(stepUp), { data: { method: 'totp', code } }))
  const reason = 'De quoi montrer une demande'
  return answerOf(await page.request.post(addressOf(askSqlExecution), { data: { runId: id, reason } }))
}

/** @returns the id of what was made */
async function answerOf(response: APIResponse): Promise<string> {
  expect(response.ok(), await response.text()).toBe(true)
  return ((await response.json()) as { id: string }).id // its contract, where it tells one
}

/**
 * `/clients/$id/edit` is shown with the first client of `/api/v1/clients`, `/notes/$id` of a practice with the first note of
 * `/api/v1/practice/notes`; `/$` with an address nobody made.
 */
async function exampleOf(page: Page, path: string): Promise<string> {
  const list = /^(.+?)\/\$id/.exec(path)?.[1]
  const open = list === undefined ? undefined : opened[list]
  if (open) return path.replace('$id', await open(page))
  if (list) {
    // Asked from the page, which knows the practice's host.
    const { asked, status, text } = await page.evaluate(
      async (name) => {
        const prefix = location.hostname.startsWith('app.') ? '/api/v1/practice' : '/api/v1'
        const url = prefix + name
        const response = await fetch(url)
        return { asked: url, status: response.status, text: await response.text() }
      },
      lists[list] ?? `${list}?limit=1`,
    )
    expect(status, `a page at ${path} has its list at ${asked}`).toBe(200)
    const { rows } = JSON.parse(text) as { rows: { id: string }[] } // any list's shape
    expect(rows.length, `the demonstration holds something for ${path}`).toBeGreaterThan(0)
    return path.replace('$id', rows[0]?.id ?? '')
  }
  const address = path.replace(/\$$/, 'no-such-page')
  expect(address, 'a path whose parts have no example').not.toContain('$')
  return address
}

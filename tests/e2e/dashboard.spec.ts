import type { Page } from '@playwright/test'
import { addressOf } from '#platform/contract/endpoint.ts'
import { getDashboard, type Dashboard, type Lines } from '#contract/dashboard'
import { getQueueCounts } from '#contract/support'
import { countTenants } from '#contract/tenancy'
import { firstSignIn } from '../harness/accounts.ts'
import { asAdmin } from './run/as-admin.ts'
import { mgp } from './run/command-line.ts'
import { downloadOf } from './run/downloads.ts'
import { newsHeardBy } from './run/news.ts'
import { countShown, owedShown, sumShown, wholeNumber } from './run/reading.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { expect, test } from './run/test.ts'

test('every figure leads to its lines, and there are as many as it says', async ({ open }) => {
  test.slow()
  const page = await open('direction')
  await page.goto('/dashboard')
  await settled(page)
  const figures = new Map([
    ...figuresOf(await dashboardOf(page)),
    ...(await tenantFigures(page)),
    ...(await ticketFigures(page)),
  ])
  const hrefs = await page
    .locator('main a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  const addresses = new Set(hrefs.map(canonical))
  expect(
    [...figures.keys()].filter((address) => !addresses.has(address)),
    'figures without a way to their lines',
  ).toEqual([])
  for (const address of addresses) {
    const figure = figures.get(address)
    expect.soft(figure, `what ${address} is the lines of`).toBeDefined()
    await page.goto(address)
    await settled(page)
    expect.soft(await countShown(page), `lines at ${address}`).toBe(figure?.count)
    if (figure?.exclCents !== undefined)
      expect.soft(await sumShown(page, 'Total HT'), `revenue at ${address}`).toBe(figure.exclCents)
    if (address === '/unpaid')
      expect.soft(await owedShown(page), 'debt beside the title').toBe(figure?.dueCents)
    else if (figure?.dueCents !== undefined)
      expect.soft(await sumShown(page, 'Reste à payer'), `debt at ${address}`).toBe(figure.dueCents)
  }
})

test('one click on a bar of the chart opens the invoices of its month, and back returns to the board', async ({
  open,
}) => {
  const page = await open('direction')
  await page.goto('/dashboard')
  await settled(page)
  const { revenueByMonth } = await dashboardOf(page)
  const bar = page.getByRole('link', { name: /HT, \d+ documents?$/ }).first()
  // At its foot: half-way up the dot of the year before may stand in front of it.
  const { width = 0, height = 0 } = (await bar.boundingBox()) ?? {}
  const position = { x: width / 2, y: height - 8 }
  await bar.hover({ position })
  await bar.click({ position })
  await expect(page).toHaveURL(/\/invoices\?issuedIn=/)
  await settled(page)
  await expect.poll(() => countShown(page)).toBe(revenueByMonth[0]?.documents)
  await page.goBack()
  await expect(page).toHaveURL('/dashboard')
})

test('a change by somebody else shows without a reload, and whoever may not see it hears nothing', async ({
  open,
  demonstration: { database, server },
}) => {
  const direction = await open('direction')
  const heardByDirection = await newsHeardBy(direction)
  await direction.goto('/dashboard')
  await settled(direction)

  // Somebody whose role may read nothing at all.
  await asAdmin(database, "INSERT INTO roles (key, level) VALUES ('visitor', 1)")
  const said = await mgp(
    database,
    'staff',
    'create',
    '--email',
    'visiteur@example.com',
    '--first-name',
    'Jean',
    '--last-name',
    'Passant',
    '--role',
    'visitor',
  )
  const storageState = await firstSignIn(
    server.url,
    'visiteur@example.com',
    /: (\S+)$/m.exec(said)?.[1] ?? '',
  )
  const visitor = await open('nobody', { storageState })
  const heardByVisitor = await newsHeardBy(visitor)
  await visitor.goto('/')
  await settled(visitor)

  const support = await open('support')
  const heardBySupport = await newsHeardBy(support)
  await support.goto('/clients')
  await settled(support)
  // Tickets have a clock of their own, which may strike just now.
  const without = (heard: readonly string[]) => heard.filter((topic) => topic !== 'tickets')
  await expect
    .poll(() => [heardByVisitor, without(heardBySupport), without(heardByDirection)])
    .toEqual([['hello'], ['hello'], ['hello']])
  const seenByVisitor = await visitor.locator('body').innerText()

  const prospects = direction
    .getByRole('region', { name: 'Clients par statut' })
    .getByRole('link', { name: /prospects?$/ })
  const before = wholeNumber(await prospects.innerText())
  const administrator = await open('administrator')
  const { rows } = (await (
    await administrator.request.get('/api/v1/clients?status=prospect&limit=1')
  ).json()) as { rows: { id: string }[] }
  const change = { clients: { ids: [rows[0]?.id] }, status: 'freemium' }
  expect((await administrator.request.post('/api/v1/clients/status-changes', { data: change })).ok()).toBe(
    true,
  )
  await expect(prospects).toHaveText(new RegExp(`^${before - 1}\\s`))

  // News of the figures alone, then of something support may hear: whoever heard the second has heard all before it.
  await asAdmin(
    database,
    `SELECT pg_notify('news', '{"topic":"figures","needs":"dashboard.read"}')`,
    `SELECT pg_notify('news', '{"topic":"clients","needs":"clients.read"}')`,
  )
  await expect.poll(() => heardBySupport.filter((topic) => topic === 'clients').length).toBe(2)
  expect(heardByDirection).toContain('figures')
  expect(heardBySupport).not.toContain('figures')
  expect(heardByVisitor).toEqual(['hello'])
  expect(await visitor.locator('body').innerText()).toBe(seenByVisitor)
})

test('another month is chosen by button, by name or by key, and stays in the address', async ({ open }) => {
  const page = await open('direction')
  await page.goto('/dashboard')
  await settled(page)
  await page.getByRole('button', { name: /Mois précédent/ }).click()
  await expect(page).toHaveURL(/month=\d{4}-\d\d/)
  await settled(page)
  const month = new URL(page.url()).searchParams.get('month') ?? ''
  expect((await dashboardOf(page, month)).monthIsOver).toBe(true)
  await page.reload()
  await settled(page)
  await expect(page).toHaveURL(new RegExp(month))
  await page.keyboard.press('ArrowRight')
  await expect(page).toHaveURL('/dashboard')
})

test('the meeting mode shows the board alone, and leaves as it came', async ({ open }) => {
  const page = await open('direction', { viewport: { width: 1920, height: 1080 } })
  await page.goto('/dashboard')
  await settled(page)
  await page.getByRole('button', { name: 'Mode réunion' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-meeting', '')
  await expect(page.locator('[inert] nav[aria-label="Navigation principale"]')).toBeAttached()
  await expect(page.getByRole('heading', { level: 1, name: 'Tableau de bord' })).toBeVisible()
  expect(await axeViolations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
  await page.screenshot({ path: 'screenshots/dashboard-meeting-1920.png' })
  await page.getByRole('button', { name: /Quitter le mode réunion/ }).click()
  await expect(page.locator('[inert]')).toHaveCount(0)
  await expect(page).toHaveURL('/dashboard')
})

test('the board is exported as figures and as an image', async ({ open }) => {
  const page = await open('direction')
  await page.goto('/dashboard')
  await settled(page)
  const dashboard = await dashboardOf(page)
  const exportAs = async (name: string) => {
    await page.getByRole('button', { name: 'Exporter' }).click()
    return downloadOf(page, page.getByRole('menuitem', { name }))
  }
  const csv = await exportAs('Chiffres (CSV)')
  expect(csv.name).toMatch(/\.csv$/)
  expect(csv.text).toMatch(/^\uFEFF/)
  expect(csv.text).toContain((dashboard.revenue.exclCents / 100).toFixed(2).replace('.', ','))

  const png = await exportAs('Image (PNG)')
  expect(png.name).toBe(`tableau-de-bord-${dashboard.month}.png`)
  expect(png.bytes.subarray(1, 4).toString('latin1')).toBe('PNG')
  const [width, height] = [png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)]
  expect(width).toBeGreaterThan(1_000)
  expect(height).toBeGreaterThan(500)
})

type Figure = { count: number; exclCents?: number; dueCents?: number }

/** Every figure of the answer that has lines, by the address of its lines. */
function figuresOf(dashboard: Dashboard): Map<string, Figure> {
  const { revenue, mrr, clients, newClients, churn, unpaid, overdue, revenueByMonth, subscriptions } =
    dashboard
  const billed = [
    revenue,
    revenue.lastMonthSoFar ?? revenue.lastMonth,
    ...revenueByMonth.flatMap((one) => [one, one.yearBefore]),
  ]
  const counted = [
    { count: clients.total, lines: clients.lines },
    ...clients.byStatus,
    newClients,
    newClients.lastMonth,
    churn,
    churn.base,
    churn.lastMonth,
    ...subscriptions,
    ...[mrr, mrr.lastMonth].flatMap((one) => (one ? [{ count: one.subscriptions, lines: one.lines }] : [])),
  ]
  return new Map<string, Figure>([
    ...counted.map(({ count, lines }) => [addressOfLines(lines), { count }] as const),
    ...billed.flatMap((one) =>
      one ? [[addressOfLines(one.lines), { count: one.documents, exclCents: one.exclCents }] as const] : [],
    ),
    ...[unpaid, ...(overdue.count > 0 ? [overdue] : [])].map(
      ({ count, cents, lines }) => [addressOfLines(lines), { count, dueCents: cents }] as const,
    ),
  ])
}

/** How many practices have their space, and how many of these need somebody. */
async function tenantFigures(page: Page): Promise<Map<string, Figure>> {
  const response = await page.request.get(addressOf(countTenants))
  const { states, needSomebody } = countTenants.output.parse(await response.json())
  const there = Object.entries(states).filter(([state]) => state !== 'purged')
  const count = there.reduce((sum, [, tenants]) => sum + tenants, 0)
  return new Map([
    ['/tenants', { count }],
    ['/tenants?alert=any', { count: needSomebody }],
  ])
}

async function ticketFigures(page: Page): Promise<Map<string, Figure>> {
  const response = await page.request.get(addressOf(getQueueCounts))
  const { queues, breached } = getQueueCounts.output.parse(await response.json())
  return new Map([
    ['/tickets', { count: queues.open }],
    ...(['unassigned', 'waiting', 'soon'] as const).map(
      (queue) => [`/tickets?queue=${queue}`, { count: queues[queue] }] as const,
    ),
    ['/tickets?late=yes&queue=open&snoozed=yes', { count: breached }],
  ])
}

function addressOfLines({ list, filter }: Lines): string {
  const set = Object.entries(filter).filter(([, value]) => value !== undefined)
  return canonical(`/${list}?${new URLSearchParams(set as [string, string][])}`) // only words
}

/** The same address whatever the order of its filters. */
function canonical(address: string): string {
  const url = new URL(address, 'http://localhost')
  url.searchParams.sort()
  return url.pathname + url.search
}

async function dashboardOf(page: Page, month?: string): Promise<Dashboard> {
  const response = await page.request.get(`/api/v1/dashboard${month ? `?month=${month}` : ''}`)
  return getDashboard.output.parse(await response.json())
}

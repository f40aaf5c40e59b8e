/** A practice whose week holds two hundred appointments, and a browser that is signed in to it. */
import type { BrowserContext, Page } from '@playwright/test'
import { bookAppointment, getAgenda } from '#contract/agenda'
import { listDemonstrationMembers, signInMember } from '#contract/identity'
import { addressOf, type AnyEndpoint, type OutputOf } from '#platform/contract/endpoint.ts'
import { addDays, localAt } from '../../modules/agenda/practice/wall-clock.ts'

/** A Monday so far ahead that nothing stands there. */
export const monday = '2029-03-05'
export const appointments = 200
const aDay = 29
const minutes = 20

/** Signs in as a practitioner of the demonstration, who books the week. */
export async function fillWeek(browser: BrowserContext, origin: string): Promise<void> {
  const page = await browser.newPage()
  await page.goto(`${origin}/sign-in`)
  const { rows } = await ask(page, listDemonstrationMembers)
  const who = rows.find(
    ({ practices: [only, ...others] }) => only?.profile === 'practitioner' && others.length === 0,
  )
  if (!who) throw new Error('the demonstration has no practitioner of one practice')
  await ask(page, signInMember, { email: who.email, password: who.password })
  for (let made = 0; made < appointments; made++) {
    const day = addDays(monday, Math.floor(made / aDay))
    const startsLocal = localAt(day, 8 * 60 + (made % aDay) * minutes)
    await ask(page, bookAppointment, { title: `Réunion ${made + 1}`, startsLocal, minutes })
  }
  const query = `?from=${monday}&to=${addDays(monday, 6)}`
  const agenda = await ask(page, getAgenda, undefined, query)
  if (agenda.appointments.length !== appointments)
    throw new Error(`the week holds ${agenda.appointments.length} appointments`)
  await page.close()
}

async function ask<E extends AnyEndpoint>(
  page: Page,
  endpoint: E,
  body?: unknown,
  query = '',
): Promise<OutputOf<E>> {
  const answer = await page.evaluate(
    async ({ url, method, json }) => {
      const given = json && { headers: { 'content-type': 'application/json' }, body: json }
      const response = await fetch(url, { method, ...given })
      return { status: response.status, text: await response.text() }
    },
    {
      url: addressOf(endpoint) + query,
      method: endpoint.method,
      json: body ? JSON.stringify(body) : undefined,
    },
  )
  if (answer.status >= 400) throw new Error(`${endpoint.path}: ${answer.status} ${answer.text}`)
  return JSON.parse(answer.text) as OutputOf<E> // the server checks its answers
}

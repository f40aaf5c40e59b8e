/** Sessions of the demonstration accounts: signed in for real, password and code, once a role. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Secret, TOTP } from 'otpauth'
import { request, type APIRequestContext, type BrowserContext } from '@playwright/test'
import { addressOf, type AnyEndpoint, type OutputOf } from '#platform/contract/endpoint.ts'
import type { BuiltInRole } from '#contract/access'
import { getSession, listDemonstrationAccounts, signIn, verifySecondFactor } from '#contract/identity'

export type Cookies = Awaited<ReturnType<BrowserContext['storageState']>>
export type DemonstrationAccount = OutputOf<typeof listDemonstrationAccounts>['rows'][number]

export async function signedInCookies(url: string, role: BuiltInRole): Promise<Cookies> {
  const api = await request.newContext({
    baseURL: url,
    extraHTTPHeaders: { 'sec-fetch-site': 'same-origin' },
  })
  try {
    const account = await demonstrationAccount(api, role)
    await post(api, signIn, { email: account.email, password: account.password })
    await post(api, verifySecondFactor, { method: 'totp', code: account.code })
    return await api.storageState()
  } finally {
    await api.dispose()
  }
}

/** The cookies of a session that is still open, with the token it has by now; null when it is over. */
export async function stillSignedIn(url: string, cookies: Cookies): Promise<Cookies | null> {
  const api = await request.newContext({ baseURL: url, storageState: cookies })
  try {
    const isOpen = (await api.get(addressOf(getSession))).ok()
    return isOpen ? await api.storageState() : null
  } finally {
    await api.dispose()
  }
}

/** With a code nobody used: one that was is waited out. */
export async function demonstrationAccount(
  api: APIRequestContext,
  role: BuiltInRole,
): Promise<DemonstrationAccount> {
  for (const deadline = Date.now() + 40_000; Date.now() < deadline; await sleep(1_000)) {
    const response = await api.get(addressOf(listDemonstrationAccounts))
    const { rows } = listDemonstrationAccounts.output.parse(await response.json())
    const account = rows.find((row) => row.role === role)
    if (!account) throw new Error(`no demonstration account for ${role}`)
    if (account.code) return account
  }
  throw new Error(`no unused code for ${role}`)
}

async function post(api: APIRequestContext, endpoint: AnyEndpoint, data: unknown): Promise<unknown> {
  const response = await api.post(addressOf(endpoint), { data })
  if (!response.ok()) throw new Error(`${endpoint.path}: ${response.status()} ${await response.text()}`)
  return response.json()
}

/** The first sign-in of an account that was just made, its second factor enrolled. */
export async function firstSignIn(url: string, email: string, password: string): Promise<Cookies> {
  const api = await request.newContext({
    baseURL: url,
    extraHTTPHeaders: { 'sec-fetch-site': 'same-origin' },
  })
  try {
    const begun = signIn.output.parse(await post(api, signIn, { email, password }))
    if (begun.step !== 'enrolment') throw new Error(`${email} is enrolled already`)
    const code = new TOTP({ secret: Secret.fromBase32(begun.secret) }).generate()
    await post(api, verifySecondFactor, { method: 'totp', code })
    return await api.storageState()
  } finally {
    await api.dispose()
  }
}

import type { RealServer } from '../../tests/harness/real-server.ts'

type Account = { role: string; email: string; password: string; code: string | null }

/** A cookie of a real session, password and second factor, of the demonstration account of a role. */
export async function cookieOf(server: RealServer, role: string): Promise<string> {
  let cookie = ''
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', cookie },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    const set = response.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .filter((one) => !one?.endsWith('='))
    if (set.length > 0) cookie = set.join('; ')
    return response.json()
  }
  const { rows } = (await ask('GET', '/demonstration/accounts')) as { rows: Account[] }
  const account = rows.find((row) => row.role === role)
  if (!account?.code) throw new Error(`no account with a code for ${role}`)
  await ask('POST', '/sign-in', { email: account.email, password: account.password })
  await ask('POST', '/sign-in/second-factor', { method: 'totp', code: account.code })
  return cookie
}

/** A server that is too busy says so before it does anything, and when to come back: whoever prepares a journey does. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { APIResponse } from '@playwright/test'

const mostTries = 15

export async function patiently(ask: () => Promise<APIResponse>): Promise<APIResponse> {
  for (let tries = 1; ; tries++) {
    const response = await ask()
    if (response.status() !== 503 || tries === mostTries) return response
    await sleep(Number(response.headers()['retry-after'] ?? 2) * 1_000)
  }
}

import type { Page } from '@playwright/test'

export type VirtualPasskeys = {
  /** Does as the person would who puts a finger on the reader while this runs. */
  whileTouched<T>(act: () => Promise<T>): Promise<T>
}

/**
 * A reader of fingers for this page, which keeps passkeys. Untouched at first: it would answer by itself as soon as the
 * sign-in page offers passkeys beside its form.
 */
export async function virtualPasskeys(page: Page): Promise<VirtualPasskeys> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: false,
    },
  })
  const touch = (enabled: boolean) =>
    devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })
  return {
    async whileTouched(act) {
      await touch(true)
      try {
        return await act()
      } finally {
        await touch(false)
      }
    },
  }
}

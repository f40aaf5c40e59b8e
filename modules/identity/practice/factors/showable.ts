import type { Factor } from '#contract/identity'
import { type PasskeyOptions, passkeysWork } from '#platform/ui/passkeys.ts'

/** The strongest first: what a stolen page cannot ask for, then what can be read out to a thief, then what runs out. */
const byStrength = ['passkey', 'totp', 'recovery_code'] as const satisfies readonly Factor[]

/** What the person holds and can show in this browser. */
export function showable(methods: readonly Factor[], passkey: PasskeyOptions | null): readonly Factor[] {
  return byStrength.filter(
    (one) => methods.includes(one) && (one !== 'passkey' || (passkey !== null && passkeysWork())),
  )
}

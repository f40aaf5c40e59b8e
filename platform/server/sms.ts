/**
 * Hands SMS to whoever carries them, over one plain HTTP call (docs/operations.md): carriers differ, and a relay of twenty
 * lines turns this call into theirs.
 */
import { z } from 'zod'

export type Sms = {
  /** The same for each try: a carrier that has it already sends it no second time. */
  id: string
  /** E.164, `+33639981234`. */
  to: string
  text: string
}

export type SmsCarrier = {
  /**
   * Done when the carrier took it over.
   * @returns what the carrier calls it
   * @throws SmsRefused when it never will; anything else may pass
   */
  send(sms: Sms): Promise<string>
}

/** The carrier will not take this message, however often it is asked. */
export class SmsRefused extends Error {}

const Taken = z.object({ id: z.string().min(1).max(200) })
/** What a carrier says when nothing is wrong with the message: asked again later, it may take it. */
const mayPass = new Set([401, 403, 404, 408, 409, 425, 429])

export function openSmsCarrier(gateway: { url: string; token: string; from: string }): SmsCarrier {
  return {
    async send({ id, to, text }) {
      const response = await fetch(gateway.url, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${gateway.token}`,
          'content-type': 'application/json',
          'idempotency-key': id,
        },
        body: JSON.stringify({ id, to, from: gateway.from, text }),
        redirect: 'error',
        signal: AbortSignal.timeout(20_000),
      })
      const said = await response.text()
      if (response.ok) return Taken.parse(JSON.parse(said)).id
      // What it says may repeat number and text: neither belongs in a log.
      const message = `the carrier answered ${response.status}`
      if (response.status < 500 && !mayPass.has(response.status)) throw new SmsRefused(message)
      throw new Error(message)
    },
  }
}

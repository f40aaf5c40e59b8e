import type { ReceivedState } from '#contract/support'
import { stringifySearch } from '#platform/ui/url-state.ts'

export type MailAddress = {
  state?: ReceivedState | undefined
  q?: string | undefined
  /** The one that is read. */
  mail?: string | undefined
}

export const mailsTo = (address: MailAddress = {}) => `/support/mail${stringifySearch(address)}`

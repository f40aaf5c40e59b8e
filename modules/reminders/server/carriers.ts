import type { Channel } from '#contract/reminders'
import type { Config } from '#platform/server/config.ts'
import { openPostman, type Postman } from '#platform/server/mail-postman.ts'
import { openSmsCarrier, type SmsCarrier } from '#platform/server/sms.ts'

/** By whom messages leave. */
export type Carriers = {
  /** Outside production nothing leaves: what would have is kept in the journal as captured. */
  captures: { sms: boolean; email: boolean }
  sms: SmsCarrier | undefined
  post: Postman | undefined
}

export type Leaving = Pick<Config, 'appEnv' | 'smtpUrl' | 'mailFrom' | 'smsUrl' | 'smsToken' | 'smsFrom'>

/** As with the house's own mail: staging sends what it was told how to send, and captures the rest. */
export function openCarriers(config: Leaving): Carriers {
  const { appEnv, smtpUrl, mailFrom, smsUrl, smsToken, smsFrom } = config
  const mayLeave = appEnv === 'production' || appEnv === 'staging'
  const sms =
    mayLeave && smsUrl !== undefined && smsToken !== undefined && smsFrom !== undefined
      ? openSmsCarrier({ url: smsUrl, token: smsToken, from: smsFrom })
      : undefined
  const post = mayLeave && smtpUrl !== undefined ? openPostman(smtpUrl, mailFrom) : undefined
  const isProduction = appEnv === 'production'
  return { sms, post, captures: { sms: !sms && !isProduction, email: !post && !isProduction } }
}

/** Whether an SMS can be written at all: production without a gateway offers none. */
export const smsIsThere = ({ sms, captures }: Carriers): boolean => sms !== undefined || captures.sms

export const mayLeaveBy = (channel: Channel, carriers: Carriers): boolean =>
  channel === 'email' || smsIsThere(carriers)

/**
 * What any approved platform is to us (« plateforme agréée »; we are a compatible solution and never one ourselves). Each speaks
 * XP Z12-013 in its own dialect: an adapter is this type and nothing else.
 */
import type { AppEnv } from '#platform/server/config.ts'
import { sandbox } from './sandbox.ts'

export type ApprovedPlatform = {
  name: string
  /** Nobody outside hears of it. */
  isSandbox: boolean
  /**
   * Flow 2. The same `key` twice is one deposit.
   * @returns what the platform calls it, and what it told of it at once (CDAR messages)
   */
  deposit(invoice: {
    key: string
    number: string
    xml: string
    at: Date
  }): Promise<{ platformId: string; messages: string[] }>
  /** Flow 6: a status that is ours to tell, as a CDAR message. */
  tell(message: { key: string; xml: string }): Promise<void>
  /** Flow 10: figures of a period, which the adapter brings into the platform's own form. */
  report(report: { key: string; content: string }): Promise<{ platformId: string }>
  /** CDAR messages since the last time; those that come twice are known by their identifier. */
  news(): Promise<string[]>
}

/** Null: none is connected, and nothing is handed over. */
export const platformOf = (environment: AppEnv): ApprovedPlatform | null =>
  environment === 'production' ? null : sandbox

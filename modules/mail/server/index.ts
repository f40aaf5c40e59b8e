import type { AppEnv } from '#platform/server/config.ts'
import type { Mail } from '#platform/server/mail.ts'
import type { Handler } from '#platform/server/requests.ts'
import { demonstrating } from './demonstrating.ts'
import { listing } from './listing.ts'
import { reading } from './reading.ts'

export function mailHandlers(on: { mail: Mail; environment: AppEnv }): readonly Handler[] {
  return [listing, ...reading(on), demonstrating(on)]
}

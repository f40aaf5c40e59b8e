import type { TenantHandler } from '#platform/server/requests.ts'
import { booking } from './booking.ts'
import { calendar } from './calendar.ts'
import { changing } from './changing.ts'
import { lookingUp } from './looking-up.ts'
import { marking } from './marking.ts'
import { moving } from './moving.ts'
import { settings } from './settings.ts'
import { series } from './series.ts'

export const agendaHandlers: readonly TenantHandler[] = [
  ...calendar,
  ...lookingUp,
  ...booking,
  ...moving,
  ...changing,
  ...marking,
  ...series,
  ...settings,
]

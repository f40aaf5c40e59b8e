import type { Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { ownCompanies } from './companies.ts'
import { decidingSettings } from './deciding.ts'
import { listingSettings } from './listing.ts'
import { previewingSettings } from './previewing.ts'
import { rates } from './rates.ts'
import { savingSettings } from './saving.ts'

export const settingHandlers = (parts: Parts): readonly Handler[] => [
  ...listingSettings,
  savingSettings,
  ...decidingSettings(parts),
  ...ownCompanies,
  ...rates,
  previewingSettings(parts),
]

/** What customers ask, the longest ago first. */
import { lastWeek } from './stories/last-week.ts'
import { reference } from './stories/reference.ts'
import { stillOpen } from './stories/still-open.ts'
import type { Story } from './stories/story.ts'
import { weeksAgo } from './stories/weeks-ago.ts'

export const stories: readonly Story[] = [...weeksAgo, ...lastWeek, reference, ...stillOpen]

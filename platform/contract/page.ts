import { z } from 'zod'

/** A page of a list: the rows, how many there are in all, and the cursor of the next page (null at the end). */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({
    rows: z.array(row),
    /** Rows that match the filters. Above `countedUpTo` nobody counts: the screen shows "10 000+". */
    total: z.int(),
    totalIsExact: z.boolean(),
    next: z.string().nullable(),
  })

/** The words of a list's query shared by all lists. */
export const pageQuery = {
  after: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
}
